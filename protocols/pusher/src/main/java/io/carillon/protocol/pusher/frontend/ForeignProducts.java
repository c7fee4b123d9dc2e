package io.carillon.protocol.pusher.frontend;

import io.carillon.config.ForeignConversion;
import io.carillon.config.ForeignGroups;
import io.carillon.config.ForeignKeys;
import io.carillon.config.ForeignProduct;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Other servers of the Pusher protocol whose configurations can be read. */
final class ForeignProducts {

  private static final long LONGEST_CACHE = Duration.ofMinutes(30).toSeconds();

  private ForeignProducts() {}

  /**
   * All of them; reads their tables.
   *
   * @param drivers the meaning of brokers' keys, by a server's name in lower case
   */
  static List<ForeignProduct> read(Function<String, List<ForeignKeys>> drivers) {
    ForeignGroups apps = apps();
    return List.of(
        new ForeignProduct("soketi", "appManager.array.apps", apps, keys("soketi", drivers)),
        new ForeignProduct("Sockudo", "app_manager.array.apps", apps, keys("sockudo", drivers)));
  }

  private static ForeignGroups apps() {
    return new ForeignGroups(
        "an app's ",
        PusherSettings.APP,
        ForeignKeys.read(ForeignProducts.class, "app.keys"),
        Map.of(AppKeys.WEBHOOKS, webhooks()));
  }

  /** Reads their webhooks as Carillon's. */
  static ForeignGroups webhooks() {
    return new ForeignGroups(
        "a webhook's ",
        AppKeys.WEBHOOK,
        ForeignKeys.read(ForeignProducts.class, "webhook.keys"),
        Map.of());
  }

  private static ForeignKeys keys(String product, Function<String, List<ForeignKeys>> drivers) {
    return ForeignKeys.read(
            ForeignProducts.class,
            product + ".keys",
            ForeignConversion.of(
                "cache seconds",
                "theirs is in seconds; more than 1800 is taken for 1800, as with Pusher",
                text -> ForeignConversion.withUnit(cached(text), "s")),
            ForeignConversion.of(
                "debug", "true is `debug`", text -> text.equals("true") ? "debug" : ""),
            ForeignConversion.of("zero", "0 is our default", text -> text.equals("0") ? "" : text),
            ForeignConversion.of(
                "underscore", "without the `_` at its end", text -> text.replaceFirst("_$", "")),
            ForeignConversion.of(
                "array", "`array` is `memory`", text -> text.equals("array") ? "memory" : text),
            new ForeignConversion(
                "on", "where `ssl.enabled` is true", UnaryOperator.identity(), "ssl.enabled"))
        .with("drivers", drivers.apply(product));
  }

  /** A longer time becomes the longest that exists. */
  private static String cached(String text) {
    boolean longer = text.matches("[0-9]{1,9}") && Long.parseLong(text) > LONGEST_CACHE;
    return longer ? Long.toString(LONGEST_CACHE) : text;
  }
}
