package io.carillon.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads a TOML file into dotted keys, as {@link YamlFile} does. */
final class TomlFile {

  private final String name;
  private final Placeholders placeholders;
  private final List<Problem> problems;

  private TomlFile(String name, Placeholders placeholders, List<Problem> problems) {
    this.name = name;
    this.placeholders = placeholders;
    this.problems = problems;
  }

  /**
   * The values of a file; its errors are added to the problems.
   *
   * @param name the file's name, for messages
   */
  static Group read(String name, String text, Placeholders placeholders, List<Problem> problems) {
    TomlFile file = new TomlFile(name, placeholders, problems);
    TomlParseResult root = Toml.parse(text);
    Map<String, Given> entries = new LinkedHashMap<>();
    // The library quotes text that it doesn't understand, and that may be a secret.
    root.errors()
        .forEach(e -> problems.add(new Problem(file.origin(e.position()), "no TOML here")));
    if (!root.hasErrors()) {
      file.section("", root, entries);
    }
    return new Group(new SourceLocation(name), entries);
  }

  private void section(String prefix, TomlTable table, Map<String, Given> entries) {
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      Object value = table.get(path);
      if (value != null) {
        value(prefix + key, value, origin(table.inputPositionOf(path)), entries);
      }
    }
  }

  private void value(String key, Object value, SourceLocation origin, Map<String, Given> entries) {
    switch (value) {
      case TomlTable section -> section(key + ".", section, entries);
      case TomlArray array when !array.isEmpty() && array.get(0) instanceof TomlTable ->
          entries.put(key, Given.groups(groups(array), origin));
      case TomlArray array -> list(key, array, origin, entries);
      default ->
          filled(key, value, origin).ifPresent(text -> entries.put(key, Given.text(text, origin)));
    }
  }

  private List<Group> groups(TomlArray array) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (array.get(i) instanceof TomlTable table) {
        Map<String, Given> entries = new LinkedHashMap<>();
        section("", table, entries);
        groups.add(new Group(origin(array.inputPositionOf(i)), entries));
      }
    }
    return groups;
  }

  private void list(
      String key, TomlArray array, SourceLocation origin, Map<String, Given> entries) {
    List<String> texts = new ArrayList<>();
    for (Object item : array.toList()) {
      Optional<String> text = filled(key, item, origin);
      if (text.isEmpty()) {
        return;
      }
      texts.add(text.get());
    }
    entries.put(key, Given.list(texts, origin));
  }

  private Optional<String> filled(String key, Object value, SourceLocation origin) {
    try {
      return Optional.of(placeholders.fill(String.valueOf(value)));
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(origin, key + ": " + e.getMessage()));
      return Optional.empty();
    }
  }

  private SourceLocation origin(@Nullable TomlPosition position) {
    return position == null ? new SourceLocation(name) : SourceLocation.line(name, position.line());
  }
}
