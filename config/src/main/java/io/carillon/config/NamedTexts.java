package io.carillon.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A section whose keys are not fixed, such as the headers of a request. Its values may be secrets.
 */
public final class NamedTexts implements Format<Map<String, String>> {

  private static final String HIDDEN = " (hidden)";

  /** Turns sections with free keys into one value each, so that their keys are not looked up. */
  static Map<String, Given> gather(List<Setting<?>> settings, Map<String, Given> entries) {
    Map<String, Given> gathered = new LinkedHashMap<>(entries);
    for (Setting<?> setting : settings) {
      if (setting.format() instanceof NamedTexts) {
        gather(setting.key() + ".", setting.key(), gathered);
      }
    }
    return gathered;
  }

  private static void gather(String prefix, String key, Map<String, Given> entries) {
    Map<String, Given> named = new LinkedHashMap<>();
    entries.forEach(
        (name, given) -> {
          if (name.startsWith(prefix)) {
            named.put(name.substring(prefix.length()), given);
          }
        });
    if (!named.isEmpty()) {
      SourceLocation origin = named.values().iterator().next().origin();
      entries.keySet().removeIf(name -> name.startsWith(prefix));
      entries.put(key, Given.groups(List.of(new Group(origin, named)), origin));
    }
  }

  /** Reads a section that {@link #gather} has made. */
  Map<String, String> readSection(Given given) {
    if (given.form() == Given.Form.TEXT && given.texts().getFirst().endsWith(HIDDEN)) {
      throw new IllegalArgumentException(
          "(hidden) (expected: %s; config --effective hides the texts)".formatted(expectation()));
    }
    if (given.form() != Given.Form.GROUPS || given.groups().size() != 1) {
      throw new IllegalArgumentException();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    given
        .groups()
        .getFirst()
        .entries()
        .forEach(
            (name, value) -> {
              if (value.form() != Given.Form.TEXT) {
                throw new IllegalArgumentException();
              }
              String text = value.texts().getFirst();
              HiddenSecret.refuse(text);
              texts.put(name, text);
            });
    return texts;
  }

  @Override
  public Map<String, String> read(String text) {
    throw new IllegalArgumentException();
  }

  @Override
  public String write(Map<String, String> value) {
    throw new UnsupportedOperationException("secrets are not written again");
  }

  @Override
  public String expectation() {
    return "a section of names and texts";
  }

  @Override
  public String show(Map<String, String> value) {
    return String.join(", ", new TreeMap<>(value).keySet()) + HIDDEN;
  }
}
