package io.carillon.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request's headers. Their names are compared without regard to case. */
@FunctionalInterface
public interface RequestHeaders {

  RequestHeaders NONE = name -> List.of();

  /** All values of a header, in the order in which they came; empty for none. */
  List<String> all(String name);

  /** The first value of a header; empty for none. */
  default String first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  /**
   * All values of a header in one line, with commas between them (RFC 9110 section 5.3); empty for
   * none.
   */
  default String line(String name) {
    return String.join(",", all(name));
  }

  /** Headers of which each is there once. */
  static RequestHeaders of(Map<String, String> values) {
    Map<String, String> byName = new TreeMap<>();
    values.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
    return name -> {
      String value = byName.get(name.toLowerCase(Locale.ROOT));
      return value == null ? List.of() : List.of(value);
    };
  }
}
