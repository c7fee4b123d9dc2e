package io.carillon.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the paths of a node begin with, where it shares a host name with other servers.
 *
 * @param text empty for none; otherwise with a slash before it and none behind it
 */
public record PathPrefix(String text) {

  /** Characters that nobody percent-encodes, so that a prefix is written in one way only. */
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

  /** Reads what people write: a slash may be missing before it, or stand behind it. */
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
   * What stands behind the prefix in a path, with its slash; nothing where the path is not below
   * it.
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

  /** What stands behind the prefix, or the path itself where a proxy has taken the prefix away. */
  public String without(String path) {
    return below(path).orElse(path);
  }

  @Override
  public String toString() {
    return text;
  }
}
