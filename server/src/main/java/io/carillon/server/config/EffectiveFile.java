package io.carillon.server.config;

import java.util.List;
import java.util.Optional;

/** Writes the keys of groups that are in effect, each with where it was given. */
final class EffectiveFile {

  private final Configuration node;
  private final StringBuilder file;

  /**
   * @param node what stands in where a group says nothing
   */
  EffectiveFile(Configuration node, StringBuilder file) {
    this.node = node;
    this.file = file;
  }

  /** One line of a value, or more of groups. */
  <T> void write(String indent, String name, Setting<T> setting, Configuration values) {
    Optional<Configuration.Resolved<T>> own = values.resolved(setting);
    Optional<Setting<T>> fallback = setting.fallback().filter(_ -> own.isEmpty());
    if (setting.format() instanceof GroupsFormat format && own.isPresent()) {
      line(indent + name + ":", values.origin(setting).text());
      groups(indent + "  ", format, setting, values);
      return;
    }
    Optional<T> value = fallback.flatMap(node::find).or(() -> own.map(o -> o.value()));
    String origin = fallback.map(Setting::key).orElseGet(() -> values.origin(setting).text());
    String shown = value.map(setting.format()::show).map(ConfigurationFile::quoted).orElse("");
    line(indent + name + ": " + shown, origin);
  }

  private <T> void groups(
      String indent, GroupsFormat format, Setting<T> setting, Configuration values) {
    List<Configuration> groups = values.find(setting).map(format::groups).orElse(List.of());
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
