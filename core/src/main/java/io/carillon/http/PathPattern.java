package io.carillon.http;

/**
 * The paths of a route.
 *
 * @param text the path, or its beginning
 * @param extent whether the text is the whole path
 * @param form which form of a path is compared
 */
public record PathPattern(String text, Extent extent, Form form) {

  /** How much of a path is compared. */
  public enum Extent {
    WHOLE,
    BEGINNING
  }

  /** The form of a path that is compared, and that the handler is given. */
  public enum Form {
    /** Percent-decoded: one path, however a client writes it. */
    DECODED,
    /** As it was sent, for handlers that decode the rest themselves: a slash there may be %2F. */
    SENT
  }

  /** This path alone. */
  public static PathPattern exact(String path) {
    return new PathPattern(path, Extent.WHOLE, Form.DECODED);
  }

  /** All paths that begin so. */
  public static PathPattern below(String beginning) {
    return new PathPattern(beginning, Extent.BEGINNING, Form.DECODED);
  }

  /** The same, compared as the path was sent. */
  public PathPattern asSent() {
    return new PathPattern(text, extent, Form.SENT);
  }

  boolean matches(String path) {
    return switch (extent) {
      case WHOLE -> path.equals(text);
      case BEGINNING -> path.startsWith(text);
    };
  }
}
