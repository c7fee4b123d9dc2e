package io.carillon.http;

/**
 * One line of the table of routes.
 *
 * @param method the one method; empty for all
 * @param pattern the paths
 * @param reach the place of these paths, on a node with a path prefix
 * @param handler answers
 */
public record HttpRoute(String method, PathPattern pattern, Reach reach, HttpHandler handler) {

  /** The place of a route's paths, on a node with a {@link PathPrefix}. */
  public enum Reach {
    /** Below the prefix, and without it, since a proxy may have taken it away. */
    EVERYWHERE,
    /** Below the prefix alone. */
    BELOW_PREFIX,
    /** The prefix is a part of the pattern. */
    WITH_PREFIX
  }

  private static final String ALL = "";

  /** All methods; below the node's prefix and without it. */
  public static HttpRoute any(PathPattern pattern, HttpHandler handler) {
    return new HttpRoute(ALL, pattern, Reach.EVERYWHERE, handler);
  }

  /** One method; below the node's prefix and without it. */
  public static HttpRoute of(String method, PathPattern pattern, HttpHandler handler) {
    return new HttpRoute(method, pattern, Reach.EVERYWHERE, handler);
  }

  /** For paths that serve only WebSockets: a plain request was meant to be a handshake. */
  public static HttpRoute forWebSockets(PathPattern pattern) {
    HttpReply reply = HttpReply.upgradeRequired("Upgrade Required");
    return any(pattern, HttpHandler.answering(_ -> reply));
  }

  /** The same with another reach. */
  public HttpRoute at(Reach other) {
    return new HttpRoute(method, pattern, other, handler);
  }

  boolean takes(String asked) {
    return method.equals(ALL) || method.equals(asked);
  }
}
