package io.carillon.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The prefix of a node's paths, if it shares a host name with other servers.
 *
 * @param text empty for none; otherwise it begins with a slash and does not end with one
 */
public record PathPrefix(String text) {

  /** Characters that no client percent-encodes, so that a prefix has only one spelling. */
  private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

  /** Clients resolve these before they send a path. */
  private static final Pattern DOTS = Pattern.compile("/\\.\\.?(/|$)");

  /** The node has the whole host name. */
  public static final PathPrefix NONE = new PathPrefix("");

  public PathPrefix {
    if (!FORM.matcher(text).matches() || DOTS.matcher(text).find()) {
      throw new IllegalArgumentException(
          "path prefix: \"" + text + "\" (expected: a path such as /ws)");
    }
  }

  /**
   * Reads a configured prefix: the slash at the beginning may be missing, and there may be one at
   * the end.
   */
  public static PathPrefix of(String text) {
    String bare = text.strip();
    while (bare.endsWith("/")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    return new PathPrefix(bare.isEmpty() || bare.startsWith("/") ? bare : "/" + bare);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /**
   * The part of a path after the prefix, with its slash; empty if the path is not below the prefix.
   */
  public Optional<String> below(String path) {
    if (!path.startsWith(text)) {
      return Optional.empty();
    }
    String rest = path.substring(text.length());
    if (rest.isEmpty()) {
      return Optional.of("/");
    }
    return text.isEmpty() || rest.startsWith("/") ? Optional.of(rest) : Optional.empty();
  }

  /** The part after the prefix, or the path itself if a proxy has removed the prefix. */
  public String without(String path) {
    return below(path).orElse(path);
  }

  @Override
  public String toString() {
    return text;
  }
}
