package io.carillon.auth;

import java.util.List;

/**
 * A set of topics. In a pattern {@code *} stands for any characters, also for none and for dots and
 * slashes; every other character stands for itself and is case-sensitive, and the pattern must
 * match the whole name. A {@code *} can't be escaped: a pattern that matches a topic with a {@code
 * *} in its name also matches other topics.
 *
 * @param patterns a topic belongs to the set if one of these matches it
 */
public record TopicPatterns(List<String> patterns) {

  private static final char ANY = '*';

  /** No topic. */
  public static final TopicPatterns NONE = new TopicPatterns(List.of());

  /** Every topic. */
  public static final TopicPatterns ALL = new TopicPatterns(List.of("*"));

  public TopicPatterns {
    patterns = List.copyOf(patterns);
  }

  /** Whether a topic belongs to the set. */
  public boolean match(String topic) {
    for (String pattern : patterns) {
      if (matches(pattern, topic)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Goes through pattern and topic from left to right. Where they differ, the last wildcard stands
   * for one more character. Earlier wildcards are never tried again, so that a pattern costs at
   * most its length times the topic's.
   */
  private static boolean matches(String pattern, String topic) {
    int p = 0;
    int t = 0;
    int wildcard = -1;
    int resume = 0;
    while (t < topic.length()) {
      if (p < pattern.length() && pattern.charAt(p) == ANY) {
        wildcard = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == topic.charAt(t)) {
        p++;
        t++;
      } else if (wildcard >= 0) {
        p = wildcard + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == ANY) {
      p++;
    }
    return p == pattern.length();
  }
}
