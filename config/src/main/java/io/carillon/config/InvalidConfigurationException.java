package io.carillon.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration with problems: all of them, so that they can be fixed in one go. */
public final class InvalidConfigurationException extends Exception {

  private final List<Problem> problems;

  public InvalidConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one, in the order of the places where they are. */
  public List<Problem> problems() {
    return problems;
  }
}
