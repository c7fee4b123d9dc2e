package io.carillon.server;

import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The answers to requests for one file whose content does not change while the node runs.
 * Immutable; used by event loops.
 */
final class StaticFile {

  private static final HttpReply WRONG_METHOD =
      HttpReply.text(405, "Only GET and HEAD are served here.\n").with("Allow", "GET, HEAD");

  /** How long a browser may use its copy. */
  enum Caching {
    /** The browser asks each time whether the file has changed. */
    ASK_AGAIN("no-cache"),
    /** The file never changes under its name. */
    KEEP("public, max-age=31536000, immutable");

    private final String header;

    Caching(String header) {
      this.header = header;
    }
  }

  private final HttpReply whole;
  private final HttpReply unchanged;
  private final String entityTag;

  private StaticFile(HttpReply whole, String entityTag) {
    this.whole = whole;
    this.unchanged = new HttpReply(304, whole.contentType(), "", whole.headers());
    this.entityTag = entityTag;
  }

  /**
   * A file with the content of this answer.
   *
   * @param content has the status 200
   */
  static StaticFile of(HttpReply content, Caching caching) {
    String entityTag = entityTag(content.body());
    return new StaticFile(
        content
            .with("ETag", entityTag)
            .with("Cache-Control", caching.header)
            .with("X-Content-Type-Options", "nosniff")
            .with("Referrer-Policy", "no-referrer"),
        entityTag);
  }

  /** The answer to a request for the file, whatever its method. */
  HttpReply answer(HttpHead head) {
    if (!head.isRead()) {
      return WRONG_METHOD;
    }
    return isKnown(head) ? unchanged : whole;
  }

  /** Whether the client has the file's content (RFC 9110, 13.1.2). */
  private boolean isKnown(HttpHead head) {
    String tags = head.headers().first("If-None-Match");
    return tags.strip().equals("*") || tags.contains(entityTag);
  }

  private static String entityTag(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
