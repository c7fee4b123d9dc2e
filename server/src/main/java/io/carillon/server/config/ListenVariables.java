package io.carillon.server.config;

import io.carillon.config.ServiceLinks;
import io.carillon.server.transport.ListenAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The address that the environment alone gives a node, by the rule that holds for all variables.
 * This class does not need {@link Settings}, because a health check runs twice a minute; a test
 * compares the two.
 */
public final class ListenVariables {

  private ListenVariables() {}

  /**
   * A variable that counts.
   *
   * @param value as it is written
   */
  public record Variable(String name, String value) {}

  /** The address; empty if no variable gives it. */
  public static Optional<Variable> host(Map<String, String> environment) {
    return ours("CARILLON_HOST", environment)
        .or(() -> first(environment, ListenVariables::isHere, "HOST", "REVERB_SERVER_HOST"));
  }

  /** The port as it is written; empty if no variable gives it. */
  public static Optional<Variable> port(Map<String, String> environment) {
    return ours("CARILLON_PORT", environment)
        .or(() -> first(environment, _ -> true, "PORT", "REVERB_SERVER_PORT"));
  }

  private static Optional<Variable> ours(String name, Map<String, String> environment) {
    return first(environment, _ -> true, name);
  }

  /** Whether a host is an address of this machine: shells put names of machines into HOST. */
  static boolean isHere(String host) {
    return new ListenAddress(host, 0).isOfThisMachine();
  }

  private static Optional<Variable> first(
      Map<String, String> environment, Predicate<String> counts, String... names) {
    return Stream.of(names)
        .map(name -> new Variable(name, environment.getOrDefault(name, "").strip()))
        .filter(
            variable ->
                !variable.value().isEmpty()
                    && !ServiceLinks.isValue(variable.value())
                    && counts.test(variable.value()))
        .findFirst();
  }
}
