package io.carillon.protocol.pusher.frontend;

import io.carillon.config.GroupImport;
import io.carillon.config.ImportConversion;
import io.carillon.config.ImportTable;
import io.carillon.config.OtherServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Other servers of the Pusher protocol whose configurations can be read. */
final class OtherServers {

  private static final long LONGEST_CACHE = Duration.ofMinutes(30).toSeconds();

  private OtherServers() {}

  /**
   * All of them; reads their tables.
   *
   * @param drivers the meaning of brokers' keys, by a server's name in lower case
   */
  static List<OtherServer> read(Function<String, List<ImportTable>> drivers) {
    GroupImport apps = apps();
    return List.of(
        new OtherServer("soketi", "appManager.array.apps", apps, keys("soketi", drivers)),
        new OtherServer("Sockudo", "app_manager.array.apps", apps, keys("sockudo", drivers)));
  }

  private static GroupImport apps() {
    return new GroupImport(
        "an app's ",
        PusherSettings.APP,
        ImportTable.read(OtherServers.class, "app.keys"),
        Map.of(AppKeys.WEBHOOKS, webhooks()));
  }

  /** Reads their webhooks as Carillon's. */
  static GroupImport webhooks() {
    return new GroupImport(
        "a webhook's ",
        AppKeys.WEBHOOK,
        ImportTable.read(OtherServers.class, "webhook.keys"),
        Map.of());
  }

  private static ImportTable keys(String server, Function<String, List<ImportTable>> drivers) {
    return ImportTable.read(
            OtherServers.class,
            server + ".keys",
            ImportConversion.of(
                "cache seconds",
                "theirs is in seconds; more than 1800 is taken for 1800, as with Pusher",
                text -> ImportConversion.withUnit(cached(text), "s")),
            ImportConversion.of(
                "debug", "true is `debug`", text -> text.equals("true") ? "debug" : ""),
            ImportConversion.of("zero", "0 is our default", text -> text.equals("0") ? "" : text),
            ImportConversion.of(
                "underscore", "without the `_` at its end", text -> text.replaceFirst("_$", "")),
            ImportConversion.of(
                "array", "`array` is `memory`", text -> text.equals("array") ? "memory" : text),
            new ImportConversion(
                "on", "where `ssl.enabled` is true", UnaryOperator.identity(), "ssl.enabled"))
        .with("drivers", drivers.apply(server));
  }

  /** A longer time becomes the longest that exists. */
  private static String cached(String text) {
    boolean longer = text.matches("[0-9]{1,9}") && Long.parseLong(text) > LONGEST_CACHE;
    return longer ? Long.toString(LONGEST_CACHE) : text;
  }
}
