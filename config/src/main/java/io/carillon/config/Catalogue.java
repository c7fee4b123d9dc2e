package io.carillon.config;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that can be configured in a program. Immutable.
 *
 * @param settings every key, in the order in which people read them
 * @param rules the rules about several keys; they are checked in this order
 * @param otherServers other servers whose configuration files can be read; used if there is a file
 * @param environment the readers of variables that are not the settings' own
 * @param otherVariables recognises names of variables that begin like those of settings but don't
 *     belong to settings
 */
public record Catalogue(
    List<Setting<?>> settings,
    List<Rule> rules,
    Supplier<List<OtherServer>> otherServers,
    List<EnvironmentReader> environment,
    Predicate<String> otherVariables) {

  public Catalogue {
    settings = List.copyOf(settings);
    rules = List.copyOf(rules);
    environment = List.copyOf(environment);
  }

  /** The settings, and the keys of groups that can be given as variables. */
  List<Setting<?>> withVariables() {
    return Stream.concat(
            settings.stream(), environment.stream().flatMap(reader -> reader.keys().stream()))
        .toList();
  }

  /** The beginnings of names of variables that look like settings. */
  List<String> variablePrefixes() {
    return Stream.concat(
            Stream.of(Naming.PREFIX),
            environment.stream().flatMap(reader -> reader.prefixes().stream()))
        .toList();
  }
}
