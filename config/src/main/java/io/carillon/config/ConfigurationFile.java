package io.carillon.config;

import java.util.ArrayList;
import java.util.List;

/** Writes configuration files: the commented file with all defaults, and the effective values. */
public final class ConfigurationFile {

  private ConfigurationFile() {}

  /**
   * A file with all defaults, each key with its meaning.
   *
   * @param head comments at its beginning
   */
  public static String ofDefaults(String head, List<Setting<?>> settings) {
    StringBuilder file = new StringBuilder(head);
    List<String> open = new ArrayList<>();
    for (Setting<?> setting : settings) {
      openSections(file, open, setting);
      String indent = "  ".repeat(open.size());
      file.append('\n');
      setting
          .documentation()
          .forEach(line -> file.append(indent).append("# ").append(line).append('\n'));
      file.append(indent).append(defaultLine(setting)).append('\n');
      if (setting.format() instanceof GroupsFormat groups) {
        commented(file, indent + "#   ", groups);
      }
    }
    return file.toString();
  }

  /** The keys of a group, as comments. */
  private static void commented(StringBuilder file, String indent, GroupsFormat groups) {
    String start = indent + "- ";
    for (Setting<?> key : groups.keys()) {
      key.documentation()
          .forEach(line -> file.append(indent).append("  # ").append(line).append('\n'));
      file.append(start).append(groupLine(key)).append('\n');
      start = indent + "  ";
      if (key.format() instanceof GroupsFormat inner) {
        commented(file, indent + "    ", inner);
      }
    }
  }

  private static <T> String groupLine(Setting<T> key) {
    return key.hasWritableDefault()
        ? key.key() + ": " + YamlText.of(key.defaultShown())
        : key.key() + ":" + (key.defaultShown().isEmpty() ? "" : " (" + key.defaultShown() + ")");
  }

  /** The effective values and their sources, without secrets. */
  public static String ofEffective(List<Setting<?>> settings, Configuration values) {
    StringBuilder file = new StringBuilder();
    EffectiveFile effective = new EffectiveFile(values, file);
    List<String> open = new ArrayList<>();
    for (Setting<?> setting : settings) {
      openSections(file, open, setting);
      effective.write("  ".repeat(open.size()), name(setting), setting, values);
    }
    return file.toString();
  }

  private static void openSections(StringBuilder file, List<String> open, Setting<?> setting) {
    List<String> sections = List.of(setting.key().split("\\."));
    sections = sections.subList(0, sections.size() - 1);
    int common = 0;
    while (common < Math.min(open.size(), sections.size())
        && open.get(common).equals(sections.get(common))) {
      common++;
    }
    open.subList(common, open.size()).clear();
    for (String section : sections.subList(common, sections.size())) {
      file.append('\n').append("  ".repeat(open.size())).append(section).append(":\n");
      open.add(section);
    }
  }

  private static <T> String defaultLine(Setting<T> setting) {
    String name = name(setting);
    return setting.hasWritableDefault()
        ? name + ": " + YamlText.of(setting.defaultShown())
        : "# "
            + name
            + ": "
            + (setting.defaultShown().isEmpty() ? "" : "(" + setting.defaultShown() + ")");
  }

  private static String name(Setting<?> setting) {
    return setting.key().substring(setting.key().lastIndexOf('.') + 1);
  }
}
