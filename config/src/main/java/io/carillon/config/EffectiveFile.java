package io.carillon.config;

import java.util.List;
import java.util.Optional;

/** Writes the effective keys of groups, each with its source. */
final class EffectiveFile {

  private final Configuration node;
  private final StringBuilder file;

  /**
   * @param node the values for keys that a group doesn't give
   */
  EffectiveFile(Configuration node, StringBuilder file) {
    this.node = node;
    this.file = file;
  }

  /** Writes a value as one line, or as several lines for groups. */
  <T> void write(String indent, String name, Setting<T> setting, Configuration values) {
    Optional<Configuration.Resolved<T>> own = values.resolved(setting);
    Optional<Setting<T>> fallback = setting.fallback().filter(_ -> own.isEmpty());
    if (setting.format() instanceof GroupsFormat format && own.isPresent()) {
      List<Configuration> groups = format.groups(own.get().value());
      line(indent + name + (groups.isEmpty() ? ": []" : ":"), values.origin(setting).text());
      groups(indent + "  ", format, groups);
      return;
    }
    Optional<T> value = fallback.flatMap(node::find).or(() -> own.map(o -> o.value()));
    String origin = fallback.map(Setting::key).orElseGet(() -> values.origin(setting).text());
    String shown = value.map(setting.format()::show).orElse("");
    line(
        shown.isEmpty()
            ? indent + "# " + name + ": (" + nothing(setting) + ")"
            : indent + name + ": " + YamlText.of(shown),
        origin);
  }

  /** A key without a value is a mistake if the key decides which clients may connect. */
  private static String nothing(Setting<?> setting) {
    return setting.defaultShown().isEmpty() ? "none" : setting.defaultShown();
  }

  private void groups(String indent, GroupsFormat format, List<Configuration> groups) {
    for (Configuration group : groups) {
      String start = indent + "- ";
      for (Setting<?> key : format.keys()) {
        write(start, key.key(), key, group);
        start = indent + "  ";
      }
    }
  }

  private void line(String text, String origin) {
    file.append("%-48s # %s".formatted(text, origin)).append('\n');
  }
}
