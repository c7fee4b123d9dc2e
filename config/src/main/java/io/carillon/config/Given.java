package io.carillon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value as it was given, not read yet.
 *
 * @param form how it was written
 * @param texts one text, or the items of a list
 * @param groups the items of a list of groups
 * @param origin its source
 */
public record Given(Form form, List<String> texts, List<Group> groups, SourceLocation origin) {

  /** How a value is written. */
  public enum Form {
    /** A key without a value. */
    NOTHING,
    TEXT,
    /** There may be any number of texts. */
    LIST,
    /** There is at least one group: an empty list is a list of texts. */
    GROUPS
  }

  public static Given text(String text, SourceLocation origin) {
    return new Given(Form.TEXT, List.of(text), List.of(), origin);
  }

  static Given list(List<String> items, SourceLocation origin) {
    return new Given(Form.LIST, List.copyOf(items), List.of(), origin);
  }

  public static Given groups(List<Group> groups, SourceLocation origin) {
    return new Given(Form.GROUPS, List.of(), List.copyOf(groups), origin);
  }

  static Given nothing(SourceLocation origin) {
    return new Given(Form.NOTHING, List.of(), List.of(), origin);
  }

  boolean isNothing() {
    return form == Form.NOTHING;
  }

  /** The groups that are written in a text of its own; the value itself if the text has none. */
  public Given asGroups() {
    if (form != Form.TEXT) {
      return this;
    }
    List<Problem> problems = new ArrayList<>();
    return YamlFile.value(texts.getFirst(), origin, problems)
        .filter(value -> value.form() == Form.GROUPS && problems.isEmpty())
        .orElse(this);
  }

  /** The text that is written in quotes in a text, as in JSON; empty if there is none. */
  public Optional<String> unquoted() {
    return form == Form.TEXT
        ? YamlFile.value(texts.getFirst(), origin, new ArrayList<>())
            .filter(value -> value.form() == Form.TEXT)
            .map(value -> value.texts().getFirst())
        : Optional.empty();
  }

  /** Whether the same value is written, wherever it stands. */
  public boolean saysTheSameAs(Given other) {
    return texts.equals(other.texts)
        && groups.size() == other.groups.size()
        && IntStream.range(0, groups.size())
            .allMatch(i -> groups.get(i).saysTheSameAs(other.groups.get(i)));
  }

  /** The value on one line, as a person would write it; groups may hold secrets. */
  String shown() {
    return switch (form) {
      case NOTHING -> "nothing";
      case TEXT -> '"' + texts.getFirst() + '"';
      case LIST -> texts.toString();
      case GROUPS -> "a list of groups";
    };
  }
}
