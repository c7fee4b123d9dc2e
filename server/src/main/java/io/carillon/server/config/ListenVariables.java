package io.carillon.server.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where the environment alone says that a node listens, by the rule of {@link VariableReader}. It
 * needs no {@link Settings}, since a health check runs twice a minute; a test holds both equal.
 */
public final class ListenVariables {

  private ListenVariables() {}

  /** The address; nothing where no variable says it. */
  public static Optional<String> host(Map<String, String> environment) {
    return ours("CARILLON_HOST", environment)
        .or(() -> first(environment, LocalAddress::is, "HOST", "REVERB_SERVER_HOST"));
  }

  /** The port as it is written; nothing where no variable says it. */
  public static Optional<String> port(Map<String, String> environment) {
    return ours("CARILLON_PORT", environment)
        .or(() -> first(environment, _ -> true, "PORT", "REVERB_SERVER_PORT"));
  }

  private static Optional<String> ours(String name, Map<String, String> environment) {
    return first(environment, _ -> true, name);
  }

  private static Optional<String> first(
      Map<String, String> environment, Predicate<String> counts, String... names) {
    return Stream.of(names)
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isBlank() && !ServiceLinks.isValue(value) && counts.test(value))
        .findFirst();
  }
}
