package io.carillon.server.config;

import static java.util.stream.Collectors.joining;

import io.carillon.config.OtherServer;
import io.carillon.config.Setting;
import io.carillon.part.FrontEndType;
import io.carillon.server.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text before the tables of the page that lists every key.
 *
 * @param settings those of the catalogue
 * @param servers other servers whose files can be read
 */
record PageHead(Parts parts, List<Setting<?>> settings, List<OtherServer> servers) {

  String text() {
    return NodeCatalogue.text("page.head")
        .replace("{notes}", notes())
        .replace("{products}", files())
        .replace("{hosts}", hosts());
  }

  private String notes() {
    return parts.frontEnds().stream().map(FrontEndType::configurationNotes).collect(joining());
  }

  private String files() {
    return servers.stream()
        .map(OtherServer::name)
        .map(name -> "[%s](migrate-from-%s.md)".formatted(name, name.toLowerCase(Locale.ROOT)))
        .collect(joining(" or\n  "));
  }

  /** The general variables that count only with an address of this machine. */
  private String hosts() {
    List<String> names = new ArrayList<>();
    for (Setting<?> setting : settings) {
      if (setting.equals(Settings.HOST) || setting.equals(Settings.METRICS_HOST)) {
        names.addAll(setting.variables().subList(0, setting.variables().size() - 1));
      }
    }
    String last = "`" + names.removeLast() + "`";
    return names.stream().map(name -> "`" + name + "`").collect(joining(", ")) + " and " + last;
  }
}
