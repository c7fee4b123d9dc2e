package io.carillon.conformance.deploy;

import io.carillon.conformance.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A compose file as Docker Compose reads it, with the features that Carillon's file uses: merge
 * keys, and variables in texts.
 *
 * @param content the content, with all variables filled in
 */
record ComposeFile(Map<String, Object> content) {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$|\\$\\{(\\w+)(?::([-?])([^}]*))?}|\\$");

  /** Reads it where these variables, and no others, are set. */
  static ComposeFile read(Path file, Map<String, String> variables) throws IOException {
    Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    return new ComposeFile(objectOf(filled(yaml, variables)));
  }

  private static Object filled(@Nullable Object value, Map<String, String> variables) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> map -> merged(map, variables);
      case List<?> list -> list.stream().map(item -> filled(item, variables)).toList();
      case String text -> interpolated(text, variables);
      default -> value;
    };
  }

  /** Keys under {@code <<} are overridden by the keys beside it. */
  private static Map<String, Object> merged(Map<?, ?> map, Map<String, String> variables) {
    Map<String, Object> merged = new LinkedHashMap<>();
    if (map.get("<<") instanceof Map<?, ?> base) {
      merged.putAll(merged(base, variables));
    }
    map.forEach((key, value) -> merged.put(String.valueOf(key), filled(value, variables)));
    merged.remove("<<");
    return merged;
  }

  private static String interpolated(String text, Map<String, String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found, variables)));
  }

  private static String replacement(MatchResult found, Map<String, String> variables) {
    if (found.group().equals("$$")) {
      return "$";
    }
    String name = found.group(1);
    if (name == null) {
      throw new IllegalArgumentException("a single $ (expected: $$, or ${NAME})");
    }
    String value = variables.getOrDefault(name, "");
    if (!value.isEmpty()) {
      return value;
    }
    if (!"-".equals(found.group(2))) {
      throw new IllegalArgumentException(name + ": " + found.group(3));
    }
    return found.group(3);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> objectOf(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  Map<String, Object> section(String... path) {
    Map<String, Object> section = content;
    for (String name : path) {
      section = objectOf(Objects.requireNonNull(section.get(name), name));
    }
    return section;
  }

  List<String> list(Map<String, Object> section, String name) {
    return ((List<?>) Json.field(section, name)).stream().map(String::valueOf).toList();
  }

  /** The variables of a service. */
  Map<String, String> environment(String service) {
    return section("services", service, "environment").entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
  }
}
