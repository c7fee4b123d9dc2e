package io.carillon.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds settings in the environment: by the names that others have made usual ({@code PORT}), and
 * by {@code CARILLON_} and the key. A blank variable is unset, as far as its setting {@link
 * Setting#mayBeBlank}.
 */
public final class EnvironmentVariables {

  private static final String FILE = "_FILE";

  private final Map<String, String> environment;

  /**
   * @param environment without what {@link ServiceLinks} describes
   */
  EnvironmentVariables(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What a setting's variables say: none, one, or several that may differ. */
  List<Given> of(Setting<?> setting, Naming naming) {
    return names(setting, naming)
        .filter(this::isSet)
        .map(name -> Given.text(value(name), new Origin(name)))
        .toList();
  }

  /** The paths that a secret setting's {@code _FILE} variables say. */
  List<Given> filesOf(Setting<?> setting, Naming naming) {
    if (!setting.isSecret()) {
      return List.of();
    }
    return names(setting, naming)
        .map(name -> name + FILE)
        .filter(this::isSet)
        .map(name -> Given.text(value(name), new Origin(name)))
        .toList();
  }

  /**
   * The variables of a setting that are there and say nothing, where that is a mistake: so looks a
   * secret that could not be had.
   */
  public List<Origin> blanksOf(Setting<?> setting, Naming naming) {
    if (setting.mayBeBlank()) {
      return List.of();
    }
    return names(setting, naming)
        .flatMap(name -> setting.isSecret() ? Stream.of(name, name + FILE) : Stream.of(name))
        .filter(name -> environment.containsKey(name) && value(name).isBlank())
        .map(Origin::new)
        .toList();
  }

  /** Whether one of a setting's variables is there and not as if it were unset. */
  boolean mentions(Setting<?> setting, Naming naming) {
    return !of(setting, naming).isEmpty()
        || !filesOf(setting, naming).isEmpty()
        || !blanksOf(setting, naming).isEmpty();
  }

  private static Stream<String> names(Setting<?> setting, Naming naming) {
    return setting.variables().stream().filter(name -> Naming.of(name) == naming);
  }

  /**
   * Variables that look like settings and are none.
   *
   * @param prefixes how names of settings begin
   * @param known the names of those that are
   * @param others names that are known to be none
   */
  List<String> strangers(List<String> prefixes, List<String> known, Pattern others) {
    return new TreeMap<>(environment)
        .keySet().stream()
            .filter(name -> prefixes.stream().anyMatch(name::startsWith))
            .filter(name -> !others.matcher(name).matches())
            .filter(name -> !known.contains(name) && !known.contains(withoutFile(name)))
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
