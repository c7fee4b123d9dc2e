package io.carillon.config;

import java.util.List;

/** A rule about several keys, once each key is valid by itself. */
@FunctionalInterface
public interface Rule {

  /**
   * Adds problems.
   *
   * @param values every setting's value; the default for those that could not be read
   * @param problems the problems so far
   */
  void check(Configuration values, List<Problem> problems);

  /** Whether a setting has no value, and no source has tried to give it one. */
  static boolean isMissing(Setting<?> setting, Configuration values, List<Problem> problems) {
    return values.find(setting).isEmpty()
        && problems.stream().noneMatch(problem -> problem.isAbout(setting));
  }
}
