package io.carillon.config;

import java.util.List;

/**
 * How a kind of value is written, and what it has to be.
 *
 * @param <T> the kind of value
 */
public interface Format<T> {

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException when it is none; the message need not say more than {@link
   *     #expectation}
   */
  T read(String text);

  /**
   * Reads a value that was written as a list.
   *
   * @throws IllegalArgumentException when it is none
   */
  default T readItems(List<String> items) {
    throw new IllegalArgumentException("a list");
  }

  /** Writes a value so that {@link #read} reads it again. */
  String write(T value);

  /** What is expected, to stand behind "expected: ". */
  String expectation();

  /** Whether a secret setting's value has something that nobody may see. */
  default boolean hides(T value) {
    return true;
  }

  /** Writes a value for others to see; without its secret where it has one. */
  default String show(T value) {
    return write(value);
  }
}
