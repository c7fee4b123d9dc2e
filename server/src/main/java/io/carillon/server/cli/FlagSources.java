package io.carillon.server.cli;

import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.part.BrokerAddress;
import io.carillon.server.Parts;
import io.carillon.server.config.NodeCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The flags of a command line as sources of a configuration, whichever code has read them. */
final class FlagSources {

  static final String CONFIG = "--config";
  static final String SET = "--set";
  static final String CONFIG_VARIABLE = "CARILLON_CONFIG";

  private final Parts parts;
  private final List<Setting<?>> settings;

  FlagSources(Parts parts) {
    this.parts = parts;
    this.settings = new NodeCatalogue(parts).settings();
  }

  /** Settings that have a flag, in the order in which people read them. */
  List<Setting<?>> flagged() {
    return settings.stream().filter(setting -> setting.flag().isPresent()).toList();
  }

  /** The flags that take a value and may stand once. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    settings.forEach(setting -> setting.flag().ifPresent(names::add));
    names.add(CONFIG);
    return names;
  }

  /**
   * The given flags.
   *
   * @param values flags that occur once, with their values
   * @param pairs the arguments of {@code --set}: KEY=VALUE each
   */
  Sources of(Map<String, String> values, List<String> pairs, Map<String, String> environment) {
    List<Sources.Flag> flags = new ArrayList<>();
    for (Setting<?> setting : flagged()) {
      String flag = setting.flag().orElseThrow();
      String value = values.get(flag);
      if (value != null && isFor(setting, flag, value)) {
        flags.add(new Sources.Flag(flag, setting.key(), value));
      }
    }
    for (String pair : pairs) {
      int sign = pair.indexOf('=');
      flags.add(new Sources.Flag(SET, pair.substring(0, sign), pair.substring(sign + 1)));
    }
    return new Sources(file(values, environment), environment, flags);
  }

  /**
   * Brokers share a flag: the scheme of a URI decides to which broker it belongs; the first broker
   * gets a URI of an unknown scheme.
   */
  private boolean isFor(Setting<?> setting, String flag, String value) {
    List<BrokerAddress> sharing =
        parts.addresses().stream()
            .filter(address -> address.setting().flag().filter(flag::equals).isPresent())
            .toList();
    return sharing.size() < 2
        || sharing.stream()
            .filter(address -> address.isFor(value))
            .findFirst()
            .orElseGet(sharing::getFirst)
            .setting()
            .equals(setting);
  }

  private static @Nullable Path file(Map<String, String> values, Map<String, String> environment) {
    String path = values.getOrDefault(CONFIG, environment.getOrDefault(CONFIG_VARIABLE, ""));
    return path.isBlank() ? null : Path.of(path);
  }
}
