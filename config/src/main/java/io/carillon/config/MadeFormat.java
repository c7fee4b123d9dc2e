package io.carillon.config;

import java.util.function.Function;

/** A format made of two functions. */
record MadeFormat<T>(String expectation, Function<String, T> reader, Function<T, String> writer)
    implements Format<T> {

  @Override
  public T read(String text) {
    try {
      return reader.apply(text);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String write(T value) {
    return writer.apply(value);
  }
}
