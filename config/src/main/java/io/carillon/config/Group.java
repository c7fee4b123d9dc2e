package io.carillon.config;

import java.util.Map;
import java.util.Objects;

/**
 * Keys and values that belong together, as they were given: a whole file, or one item of a list.
 *
 * @param origin where the group begins
 * @param entries by dotted key, in the order in which they stand
 */
public record Group(SourceLocation origin, Map<String, Given> entries) {

  /** Whether the same values are written, wherever and in whatever order they stand. */
  boolean saysTheSameAs(Group other) {
    return entries.keySet().equals(other.entries.keySet())
        && entries.entrySet().stream()
            .allMatch(
                entry ->
                    entry
                        .getValue()
                        .saysTheSameAs(Objects.requireNonNull(other.entries.get(entry.getKey()))));
  }
}
