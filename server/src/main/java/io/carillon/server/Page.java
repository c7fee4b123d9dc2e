package io.carillon.server;

import io.carillon.server.transport.HttpReply;
import io.carillon.server.transport.PlainRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page at {@code /}: a few files from the class path, and the node's name for whoever shows it.
 * All answers are made when the node starts. Immutable; asked by event loops.
 */
final class Page {

  /** A node without a page. */
  static final Page NONE = new Page(Map.of());

  /** By this the page knows that it may offer the server that it came from. */
  private static final String ELSEWHERE = "data-served=\"elsewhere\"";

  private static final String HTML = "text/html; charset=utf-8";

  private static final List<String> STYLES = List.of("theme.css", "page.css", "pane.css");

  private static final List<String> SCRIPTS =
      List.of("link.js", "crossings.js", "topics.js", "view.js", "pane.js", "page.js");

  /**
   * Nothing from anywhere else, and nothing inline, so that whatever a stranger says stays text.
   * Only connections may go anywhere: which node to try is up to who looks at the page, and http is
   * for the names of nodes.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self' ws: wss: http: https:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final HttpReply WRONG_METHOD =
      HttpReply.text(405, "Only GET and HEAD are served here.\n").with("Allow", "GET, HEAD");

  /** An answer and its entity tag. */
  private record File(HttpReply reply, String entityTag, HttpReply unchanged) {}

  private final Map<String, File> files;

  private Page(Map<String, File> files) {
    this.files = files;
  }

  /** The page of the node that has this label. */
  static Page of(String nodeId) {
    String served = read("index.html").replace(ELSEWHERE, "data-served=\"by-a-node\"");
    File index = file(served, HTML);
    Map<String, File> files = new HashMap<>();
    files.put("/", index);
    files.put("/index.html", index);
    files.put("/icon.svg", file(read("icon.svg"), "image/svg+xml"));
    files.put("/node", node(nodeId));
    STYLES.forEach(it -> files.put("/" + it, file(read(it), "text/css; charset=utf-8")));
    SCRIPTS.forEach(it -> files.put("/" + it, file(read(it), "text/javascript; charset=utf-8")));
    return new Page(Map.copyOf(files));
  }

  /** The answer to a request for the page or one of its parts; nothing for other paths. */
  Optional<HttpReply> answer(PlainRequest request) {
    return Optional.ofNullable(files.get(request.path())).map(file -> answer(request, file));
  }

  private static HttpReply answer(PlainRequest request, File file) {
    if (!request.isRead()) {
      return WRONG_METHOD;
    }
    return request.has(file.entityTag) ? file.unchanged : file.reply;
  }

  private static File file(String body, String contentType) {
    return answer(contentType, body, Map.of("Content-Security-Policy", POLICY));
  }

  /** Readable from every page, since it says no more than a label that was given to be shown. */
  private static File node(String nodeId) {
    return answer(
        "application/json",
        "{\"node\":\"%s\"}\n".formatted(escaped(nodeId)),
        Map.of("Access-Control-Allow-Origin", "*"));
  }

  private static File answer(String contentType, String body, Map<String, String> headers) {
    String tag = entityTag(body);
    HttpReply unchanged = withAll(new HttpReply(304, contentType, "", headers), tag);
    return new File(withAll(new HttpReply(200, contentType, body, headers), tag), tag, unchanged);
  }

  private static HttpReply withAll(HttpReply reply, String entityTag) {
    return reply
        .with("ETag", entityTag)
        .with("Cache-Control", "no-cache")
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer");
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

  /** As the inside of a JSON string. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static String read(String name) {
    try (InputStream file = Page.class.getResourceAsStream("page/" + name)) {
      if (file == null) {
        throw new IllegalStateException("page/" + name + ": not on the class path");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
