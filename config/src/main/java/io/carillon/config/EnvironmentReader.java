package io.carillon.config;

import java.util.List;
import java.util.Map;

/**
 * Reads what variables say that is not a setting's own: a group, or the same in another server's
 * words. Stateless.
 */
public interface EnvironmentReader {

  /** The keys of groups that it reads from variables. */
  default List<Setting<?>> keys() {
    return List.of();
  }

  /** How the names of its variables begin; one that begins so and is unknown is warned of. */
  default List<String> prefixes() {
    return List.of();
  }

  /**
   * The environment with values of another server's written in our way.
   *
   * @param environment without what {@link ServiceLinks} describes
   */
  default Map<String, String> inOurTerms(Map<String, String> environment) {
    return environment;
  }

  /** Variables of other servers that have no meaning here. */
  default List<ForeignVariable> withoutMeaning() {
    return List.of();
  }

  /** What else to warn of. */
  default List<Problem> warnings(Map<String, String> environment) {
    return List.of();
  }

  /**
   * Takes what the variables say, behind every setting's own variables and before flags.
   *
   * @param settings has what was read so far, and takes more
   * @param problems takes what is wrong
   * @param warnings takes what is odd and still usable
   */
  default void take(
      KeyReader settings,
      EnvironmentVariables variables,
      List<Problem> problems,
      List<Problem> warnings) {}
}
