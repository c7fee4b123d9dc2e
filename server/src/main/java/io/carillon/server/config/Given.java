package io.carillon.server.config;

import java.util.List;

/**
 * A value as it was given, not read yet.
 *
 * @param texts one text, or the items of a list; none where a key has no value
 * @param isList whether it was written as a list, so that there may be any number
 * @param origin where
 */
record Given(List<String> texts, boolean isList, Origin origin) {

  static Given text(String text, Origin origin) {
    return new Given(List.of(text), false, origin);
  }

  static Given list(List<String> items, Origin origin) {
    return new Given(List.copyOf(items), true, origin);
  }

  /** A key without a value. */
  static Given nothing(Origin origin) {
    return new Given(List.of(), false, origin);
  }

  boolean isNothing() {
    return texts.isEmpty() && !isList;
  }

  /** As a person would write it on one line. */
  String shown() {
    return isList ? texts.toString() : '"' + texts.getFirst() + '"';
  }
}
