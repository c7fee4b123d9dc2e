package io.carillon.config;

import java.util.List;
import java.util.Map;

/**
 * Reads variables that are not a setting's own: those of a group, or those of another server.
 * Stateless.
 */
public interface EnvironmentReader {

  /** The keys of groups that it reads from variables. */
  default List<Setting<?>> keys() {
    return List.of();
  }

  /**
   * The beginnings of its variables' names; an unknown variable with such a beginning causes a
   * warning.
   */
  default List<String> prefixes() {
    return List.of();
  }

  /**
   * The environment, with the values of another server converted to Carillon's.
   *
   * @param environment without the variables that {@link ServiceLinks} describes
   */
  default Map<String, String> inOurTerms(Map<String, String> environment) {
    return environment;
  }

  /** Variables of other servers that have no meaning here. */
  default List<MeaninglessVariable> withoutMeaning() {
    return List.of();
  }

  /** Further warnings. */
  default List<Problem> warnings(Map<String, String> environment) {
    return List.of();
  }

  /**
   * Takes the values of the variables, after every setting's own variables and before flags.
   *
   * @param settings has the values so far, and takes more
   * @param problems takes errors
   * @param warnings takes problems with which the configuration is still usable
   */
  default void take(
      KeyReader settings,
      EnvironmentVariables variables,
      List<Problem> problems,
      List<Problem> warnings) {}
}
