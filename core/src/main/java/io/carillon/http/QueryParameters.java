package io.carillon.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A query string's parameters; if a name occurs several times, the first value wins. */
public final class QueryParameters {

  private final Map<String, String> first;

  private QueryParameters(Map<String, String> first) {
    this.first = first;
  }

  /** Parses {@code a=1&b=2}, without the question mark. Never throws. */
  public static QueryParameters parse(String query) {
    if (query.isEmpty()) {
      return new QueryParameters(Map.of());
    }
    Map<String, String> first = new HashMap<>();
    int start = 0;
    while (start <= query.length()) {
      int end = query.indexOf('&', start);
      String pair = query.substring(start, end < 0 ? query.length() : end);
      start = end < 0 ? query.length() + 1 : end + 1;
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        first.putIfAbsent(PercentDecoder.decodeForm(name), PercentDecoder.decodeForm(value));
      }
    }
    return new QueryParameters(first);
  }

  /** The decoded value, possibly empty; no value if the parameter is missing. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(first.get(name));
  }
}
