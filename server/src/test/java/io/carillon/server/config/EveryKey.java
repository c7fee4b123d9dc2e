package io.carillon.server.config;

import io.carillon.config.Configuration;
import io.carillon.config.GroupsFormat;
import io.carillon.config.Setting;
import io.carillon.server.Parts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every key of the program's node, for tests that hold for all of them. */
final class EveryKey {

  private EveryKey() {}

  static NodeCatalogue catalogue() {
    return new NodeCatalogue(Parts.standard());
  }

  static List<Setting<?>> settings() {
    return catalogue().settings();
  }

  /** All settings, including those of groups. */
  static Stream<Setting<?>> withThoseOfGroups() {
    return settings().stream().flatMap(EveryKey::withInner);
  }

  private static Stream<Setting<?>> withInner(Setting<?> setting) {
    Stream<Setting<?>> inner =
        setting.format() instanceof GroupsFormat groups
            ? groups.keys().stream().flatMap(EveryKey::withInner)
            : Stream.of();
    return Stream.concat(Stream.of(setting), inner);
  }

  /** The value of each key, except the node's label, which is random if it is not given. */
  static Map<String, String> values(NodeConfiguration config) {
    Map<String, String> values = new TreeMap<>();
    config.settings().stream()
        .filter(setting -> !setting.equals(Settings.NODE_ID))
        .forEach(setting -> values.put(setting.key(), shown(setting, config.values())));
    return values;
  }

  private static <T> String shown(Setting<T> setting, Configuration values) {
    return values.find(setting).map(setting.format()::show).orElse("nothing");
  }
}
