package io.carillon.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for an origin among patterns. No pattern is compared with the end of an origin: the origin
 * is taken apart, and each pattern that would match it is looked up as a whole, so {@code
 * evilexample.com} has nothing in common with {@code *.example.com}.
 */
final class OriginPatterns {

  /**
   * A host's name has at most 253 characters (RFC 1035, 2.3.4). The limit keeps the look-ups few,
   * and the recursion of the regular expression shallow.
   */
  private static final int MAX_LENGTH = 300;

  private static final Pattern ORIGIN =
      Pattern.compile(
          "([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*\\.?)(:[0-9]{1,5})?");

  /**
   * The origin of a page that a program brings with it, such as Electron's {@code app://.}: the
   * program chooses the part in the place of a host.
   */
  private static final Pattern OF_A_PROGRAM =
      Pattern.compile("(?!https?://)[a-z][a-z0-9+.-]*://[a-z0-9.-]+(:[0-9]{1,5})?");

  /** An IPv4 address, or a text that browsers read as one. */
  private static final Pattern ADDRESS = Pattern.compile("(?:.*\\.)?[0-9][0-9a-z]*\\.?");

  private static final String OPAQUE = "null";
  private static final String ANY_PORT = ":*";

  private OriginPatterns() {}

  /** Whether one of the patterns matches the origin. */
  static boolean cover(Set<String> patterns, String origin) {
    if (origin.equals(OPAQUE)) {
      return patterns.contains(OPAQUE);
    }
    if (origin.length() > MAX_LENGTH) {
      return false;
    }
    if (patterns.contains(origin) && OF_A_PROGRAM.matcher(origin).matches()) {
      return true;
    }
    Matcher parts = ORIGIN.matcher(origin);
    if (!parts.matches()) {
      return false;
    }
    String port = parts.group(3) == null ? "" : parts.group(3);
    List<String> schemes = schemes(parts.group(1));
    for (String host : hosts(parts.group(2))) {
      for (String scheme : schemes) {
        String exact = scheme + host + port;
        boolean isOpaque = exact.equals(OPAQUE); // That entry is for pages without an origin.
        if ((patterns.contains(exact) && !isOpaque)
            || patterns.contains(scheme + host + ANY_PORT)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A pattern without a scheme stands for web pages. */
  private static List<String> schemes(String scheme) {
    return scheme.equals("http") || scheme.equals("https")
        ? List.of(scheme + "://", "")
        : List.of(scheme + "://");
  }

  /** The host itself, and each domain that it is a subdomain of. */
  private static List<String> hosts(String host) {
    List<String> hosts = new ArrayList<>();
    hosts.add(host);
    if (!host.startsWith("[") && !ADDRESS.matcher(host).matches()) {
      for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
        hosts.add("*" + host.substring(dot));
      }
    }
    return hosts;
  }
}
