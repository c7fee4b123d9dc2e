package io.carillon.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds settings in the environment: by the names that others have made usual ({@code PORT}), and
 * by {@code CARILLON_} and the key. A blank variable counts as unset, if its setting {@link
 * Setting#mayBeBlank}.
 */
public final class EnvironmentVariables {

  private static final String FILE = "_FILE";

  private final Map<String, String> environment;

  /**
   * @param environment without the variables that {@link ServiceLinks} describes
   */
  EnvironmentVariables(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The values of a setting's variables: none, one, or several that may differ. */
  List<Given> of(Setting<?> setting, Naming naming) {
    return names(setting, naming)
        .filter(this::isSet)
        .map(name -> Given.text(value(name), new SourceLocation(name)))
        .toList();
  }

  /** The paths in the {@code _FILE} variables of a secret setting. */
  List<Given> filesOf(Setting<?> setting, Naming naming) {
    if (!setting.isSecret()) {
      return List.of();
    }
    return names(setting, naming)
        .map(name -> name + FILE)
        .filter(this::isSet)
        .map(name -> Given.text(value(name), new SourceLocation(name)))
        .toList();
  }

  /**
   * The blank variables of a setting for which blank is a mistake, because a secret that could not
   * be read looks like this.
   */
  public List<SourceLocation> blanksOf(Setting<?> setting, Naming naming) {
    if (setting.mayBeBlank()) {
      return List.of();
    }
    return names(setting, naming)
        .flatMap(name -> setting.isSecret() ? Stream.of(name, name + FILE) : Stream.of(name))
        .filter(name -> environment.containsKey(name) && value(name).isBlank())
        .map(SourceLocation::new)
        .toList();
  }

  /** Whether one of a setting's variables exists and does not count as unset. */
  boolean mentions(Setting<?> setting, Naming naming) {
    return !of(setting, naming).isEmpty()
        || !filesOf(setting, naming).isEmpty()
        || !blanksOf(setting, naming).isEmpty();
  }

  private static Stream<String> names(Setting<?> setting, Naming naming) {
    return setting.variables().stream().filter(name -> Naming.of(name) == naming);
  }

  /**
   * Variables that look like settings but are not.
   *
   * @param prefixes the beginnings of settings' names
   * @param known the names of settings' variables
   * @param others names that are known not to be settings
   */
  List<String> strangers(List<String> prefixes, List<String> known, Predicate<String> others) {
    return new TreeMap<>(environment)
        .keySet().stream()
            .filter(name -> prefixes.stream().anyMatch(name::startsWith))
            .filter(name -> !known.contains(name) && !known.contains(withoutFile(name)))
            .filter(others.negate())
            .toList();
  }

  private static String withoutFile(String name) {
    return name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
  }

  private boolean isSet(String name) {
    return !value(name).isBlank();
  }

  private String value(String name) {
    return environment.getOrDefault(name, "");
  }
}
