package io.carillon.config;

import java.util.function.Predicate;

/**
 * A variable of another server that has no meaning here.
 *
 * @param names matches the variables' names
 * @param values matches the values that ask for something
 * @param what the warning
 */
public record MeaninglessVariable(Predicate<String> names, Predicate<String> values, String what) {

  /**
   * A variable with any value.
   *
   * @param name its name, or a prefix followed by {@code *}
   * @param instead the remedy
   */
  public static MeaninglessVariable of(String name, String instead) {
    return of(name, value -> !value.isEmpty(), instead);
  }

  /** As above, for some values. */
  public static MeaninglessVariable of(String name, Predicate<String> values, String instead) {
    Predicate<String> names =
        name.endsWith("*")
            ? variable -> variable.startsWith(name.substring(0, name.length() - 1))
            : name::equals;
    return new MeaninglessVariable(names, values, "has no meaning here: " + instead);
  }

  boolean is(String variable, String value) {
    return names.test(variable) && values.test(value.strip());
  }
}
