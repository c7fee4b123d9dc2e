package io.carillon.part;

import java.util.regex.Pattern;

/**
 * A file of the page, which the node serves beside the page under this name.
 *
 * @param name the name, with an extension that tells the media type; a file for other programs may
 *     be in the folder {@code clients}
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
     * As {@link #SCRIPT}, and pages of other servers may load the file, too. A node that serves no
     * page serves the file nevertheless.
     */
    SHARED_SCRIPT,
    /** As {@link #SHARED_SCRIPT}, but the page doesn't use the file. */
    SHARED,
    /**
     * As {@link #NAMED}, and a file of another project, as that project published it. Browsers may
     * keep it: another version gets another name.
     */
    PUBLISHED
  }

  private static final Pattern NAME =
      Pattern.compile("(clients/)?[A-Za-z0-9][A-Za-z0-9.-]*\\.(css|js|mjs|svg|ts|txt)");

  public PageFile {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: \"%s\" (expected: A-Z a-z 0-9 . - with .css, .js, .mjs, .svg, .ts or .txt)"
              .formatted(name));
    }
  }

  /** Whether pages of other servers, and other programs, may load the file. */
  public boolean isShared() {
    return switch (role) {
      case SHARED_SCRIPT, SHARED -> true;
      case STYLE, SCRIPT, NAMED, PUBLISHED -> false;
    };
  }

  /** The media type, by the extension of the name. */
  public String contentType() {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".css" -> "text/css; charset=utf-8";
      case ".js", ".mjs" -> "text/javascript; charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> "text/plain; charset=utf-8";
    };
  }
}
