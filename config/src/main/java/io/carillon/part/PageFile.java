package io.carillon.part;

import java.util.regex.Pattern;

/**
 * A file of the page, which the node serves beside the page under this name.
 *
 * @param name the name, with an extension that tells the media type
 * @param role how the page uses the file
 * @param text the content
 */
public record PageFile(String name, Role role, String text) {

  /** How the page uses a file. */
  public enum Role {
    /** The page loads the file as a style sheet. */
    STYLE,
    /** The page runs the file as a script, after the document has been read. */
    SCRIPT,
    /** The page's markup, styles or scripts name the file. */
    NAMED,
    /**
     * As {@link #NAMED}, and a file of another project, as that project published it. Browsers may
     * keep it: another version gets another name.
     */
    PUBLISHED
  }

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*\\.(css|js|svg|txt)");

  public PageFile {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: \"%s\" (expected: A-Z a-z 0-9 . - with .css, .js, .svg or .txt)".formatted(name));
    }
  }

  /** The media type, by the extension of the name. */
  public String contentType() {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".css" -> "text/css; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> "text/plain; charset=utf-8";
    };
  }
}
