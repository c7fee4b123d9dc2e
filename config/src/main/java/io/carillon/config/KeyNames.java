package io.carillon.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the setting that a name in a file means, and helps with a name that means none. */
final class KeyNames {

  private final Map<String, Setting<?>> byName;

  KeyNames(List<Setting<?>> settings) {
    this.byName =
        settings.stream()
            .flatMap(s -> names(s).map(name -> Map.entry(name, s)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<String> names(Setting<?> setting) {
    return Stream.concat(Stream.of(setting.key()), setting.aliases().stream());
  }

  Optional<Setting<?>> of(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The keys, without their other names. */
  List<String> keys() {
    return byName.values().stream().map(Setting::key).distinct().toList();
  }

  /** The part below a secret's key may be the secret itself. */
  String withoutSecret(String name) {
    return byName.entrySet().stream()
        .filter(known -> known.getValue().isSecret() && name.startsWith(known.getKey() + "."))
        .map(known -> known.getKey() + ".(hidden)")
        .findFirst()
        .orElse(name);
  }

  String whatIsUnknown(String name) {
    if (byName.keySet().stream().anyMatch(key -> key.startsWith(name + "."))) {
      return "a section without keys (expected: keys below it)";
    }
    return byName.entrySet().stream()
        .filter(known -> name.startsWith(known.getKey() + "."))
        .findFirst()
        .map(
            known ->
                "%s is no section (expected: %s)"
                    .formatted(known.getKey(), whatIsExpected(known.getValue())))
        .orElseGet(() -> "unknown key" + meant(name, byName.keySet()));
  }

  private static String whatIsExpected(Setting<?> setting) {
    return setting.format() instanceof GroupsFormat format ? format.expectation() : "a value";
  }

  /** A question after an unknown name. */
  static String meant(String name, Collection<String> names) {
    Function<String, String> question = near -> " (did you mean " + near + "?)";
    return Nearest.to(name, names).map(question).orElse("");
  }
}
