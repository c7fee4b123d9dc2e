package io.carillon.server.config;

import io.carillon.config.ServiceLinks;
import io.carillon.part.KeyAddition;
import io.carillon.server.transport.ListenAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The address that the environment alone gives a node, by the rule that holds for all variables.
 * This class does not need {@link Settings}, because a health check runs twice a minute; a test
 * compares the two.
 *
 * @param additions the names that parts have for the two keys
 */
public record ListenVariables(List<KeyAddition> additions) {

  public ListenVariables {
    additions = List.copyOf(additions);
  }

  /**
   * A variable that counts.
   *
   * @param value as it is written
   */
  public record Variable(String name, String value) {}

  /** The address; empty if no variable gives it. */
  public Optional<Variable> host(Map<String, String> environment) {
    return first(environment, _ -> true, Stream.of("CARILLON_HOST"))
        .or(() -> first(environment, ListenVariables::isHere, names("HOST", "host")));
  }

  /** The port as it is written; empty if no variable gives it. */
  public Optional<Variable> port(Map<String, String> environment) {
    return first(environment, _ -> true, Stream.of("CARILLON_PORT"))
        .or(() -> first(environment, _ -> true, names("PORT", "port")));
  }

  /** The general variables of a key. */
  private Stream<String> names(String usual, String key) {
    return Stream.concat(
        Stream.of(usual),
        additions.stream()
            .filter(addition -> addition.key().equals(key))
            .flatMap(addition -> addition.variables().stream()));
  }

  /** Whether a host is an address of this machine: shells put names of machines into HOST. */
  static boolean isHere(String host) {
    return new ListenAddress(host, 0).isOfThisMachine();
  }

  private static Optional<Variable> first(
      Map<String, String> environment, Predicate<String> counts, Stream<String> names) {
    return names
        .map(name -> new Variable(name, environment.getOrDefault(name, "").strip()))
        .filter(
            variable ->
                !variable.value().isEmpty()
                    && !ServiceLinks.isValue(variable.value())
                    && counts.test(variable.value()))
        .findFirst();
  }
}
