package io.carillon.config;

import java.util.List;

/**
 * How a kind of value is written, and which values are valid.
 *
 * @param <T> the kind of value
 */
public interface Format<T> {

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if the text is not valid; the message need not say more than
   *     {@link #expectation}
   */
  T read(String text);

  /**
   * Reads a value that was written as a list.
   *
   * @throws IllegalArgumentException if it is not valid
   */
  default T readItems(List<String> items) {
    throw new IllegalArgumentException("a list");
  }

  /** Writes a value so that {@link #read} reads it again. */
  String write(T value);

  /** The expectation, for use after "expected: ". */
  String expectation();

  /** Whether a secret setting's value has a part that must not be shown. */
  default boolean hides(T value) {
    return true;
  }

  /** Writes a value for display; without its secret if it has one. */
  default String show(T value) {
    return write(value);
  }
}
