package io.carillon.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a user may have meant. */
public final class Nearest {

  private Nearest() {}

  /** The name with the fewest letters to change; empty if that is more than a third of them. */
  public static Optional<String> to(String given, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt((String name) -> distance(given, name)).thenComparing(n -> n))
        .filter(name -> distance(given, name) <= Math.max(2, given.length() / 3));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
