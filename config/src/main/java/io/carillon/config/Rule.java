package io.carillon.config;

import java.util.List;

/** What several keys have to be together, once each is right by itself. */
@FunctionalInterface
public interface Rule {

  /**
   * Adds what is wrong.
   *
   * @param values every setting's value; the default for those that could not be read
   * @param problems what was found so far
   */
  void check(Configuration values, List<Problem> problems);

  /** Whether a setting has no value, and nobody has tried to give it one. */
  static boolean isMissing(Setting<?> setting, Configuration values, List<Problem> problems) {
    return values.find(setting).isEmpty()
        && problems.stream().noneMatch(problem -> problem.isAbout(setting));
  }
}
