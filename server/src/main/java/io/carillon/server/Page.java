package io.carillon.server;

import io.carillon.app.App;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoute.Reach;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
import io.carillon.protocol.pusher.api.PageAuthorization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page at {@code /}: a few files from the class path, and the node's name. All answers are made
 * when the node starts. Immutable; used by event loops.
 */
final class Page {

  /** A node without a page. */
  static final Page NONE = new Page(Map.of(), null);

  /** This mark tells the page that it may offer the server that served it. */
  private static final String ELSEWHERE = "data-served=\"elsewhere\"";

  private static final String SERVED = "data-served=\"by-a-node\"";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final List<String> STYLES =
      List.of("theme.css", "page.css", "pane.css", "pusher.css");

  private static final List<String> SCRIPTS =
      List.of(
          "link.js",
          "crossings.js",
          "topics.js",
          "view.js",
          "pane.js",
          "pusher-view.js",
          "pusher-pane.js",
          "tabs.js",
          "page.js");

  /** A file of another project, as it was published; another version gets another name. */
  private static final String LIBRARY = "pusher-8.6.0.min.js";

  private static final String LIBRARY_LICENCE = "pusher-8.6.0.LICENCE.txt";

  private static final String ASK_AGAIN = "no-cache";
  private static final String KEEP = "public, max-age=31536000, immutable";

  /**
   * Nothing from other origins, and nothing inline, so that a stranger's text stays text. Only
   * connections may go anywhere: the visitor chooses the node to try, and http is for the names of
   * nodes.
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
  private final @Nullable PageAuthorization authorization;

  private Page(Map<String, File> files, @Nullable PageAuthorization authorization) {
    this.files = files;
    this.authorization = authorization;
  }

  /** The page of the node that has this label. */
  static Page of(String nodeId) {
    return new Page(files(nodeId, SERVED), PageAuthorization.OFF);
  }

  /** The page on which visitors may also try this app. The page is told only the app's key. */
  static Page of(String nodeId, App pusher) {
    String marks = SERVED + " data-pusher-key=\"" + pusher.key() + "\"";
    return new Page(files(nodeId, marks), PageAuthorization.of(pusher));
  }

  /**
   * @param marks the values that the page is told
   */
  private static Map<String, File> files(String nodeId, String marks) {
    File index = file(read("index.html").replace(ELSEWHERE, marks), HTML);
    Map<String, File> files = new HashMap<>();
    files.put("/", index);
    files.put("/index.html", index);
    files.put("/icon.svg", file(read("icon.svg"), "image/svg+xml"));
    files.put("/node", node(nodeId));
    STYLES.forEach(it -> files.put("/" + it, file(read(it), "text/css; charset=utf-8")));
    SCRIPTS.forEach(it -> files.put("/" + it, file(read(it), SCRIPT)));
    files.put("/" + LIBRARY, kept(read(LIBRARY), SCRIPT));
    files.put("/" + LIBRARY_LICENCE, kept(read(LIBRARY_LICENCE), "text/plain; charset=utf-8"));
    return Map.copyOf(files);
  }

  /**
   * The paths of the page and its parts: only below the prefix. They are named relative to the
   * page's own path, which must end with a slash.
   */
  List<HttpRoute> routes(PathPrefix prefix) {
    List<HttpRoute> routes = new ArrayList<>();
    if (!prefix.isEmpty() && !files.isEmpty()) {
      HttpReply there = HttpReply.text(308, "").with("Location", prefix + "/");
      routes.add(
          HttpRoute.any(PathPattern.exact(prefix.text()), HttpHandler.answering(_ -> there))
              .at(Reach.WITH_PREFIX));
    }
    files.forEach(
        (path, file) ->
            routes.add(
                HttpRoute.any(
                        PathPattern.exact(path), HttpHandler.answering(head -> answer(head, file)))
                    .at(Reach.BELOW_PREFIX)));
    return routes;
  }

  /** The path at which visitors are let into a channel. */
  Optional<HttpRoute> authorization() {
    return Optional.ofNullable(authorization).map(PageAuthorization::route);
  }

  private static HttpReply answer(HttpHead head, File file) {
    if (!head.isRead()) {
      return WRONG_METHOD;
    }
    return has(head, file.entityTag) ? file.unchanged : file.reply;
  }

  /** Whether the client has the content of this entity tag (RFC 9110, 13.1.2). */
  private static boolean has(HttpHead head, String entityTag) {
    String tags = head.headers().first("If-None-Match");
    return tags.strip().equals("*") || tags.contains(entityTag);
  }

  private static File file(String body, String contentType) {
    return answer(contentType, body, ASK_AGAIN, Map.of("Content-Security-Policy", POLICY));
  }

  /** A file that never changes under its name. */
  private static File kept(String body, String contentType) {
    return answer(contentType, body, KEEP, Map.of("Content-Security-Policy", POLICY));
  }

  /** Readable from every page, because the label is meant to be shown. */
  private static File node(String nodeId) {
    return answer(
        "application/json",
        "{\"node\":\"%s\"}\n".formatted(escaped(nodeId)),
        ASK_AGAIN,
        Map.of("Access-Control-Allow-Origin", "*"));
  }

  private static File answer(
      String contentType, String body, String caching, Map<String, String> headers) {
    String tag = entityTag(body);
    Map<String, String> all = new HashMap<>(headers);
    all.put("ETag", tag);
    all.put("Cache-Control", caching);
    all.put("X-Content-Type-Options", "nosniff");
    all.put("Referrer-Policy", "no-referrer");
    HttpReply unchanged = new HttpReply(304, contentType, "", all);
    return new File(new HttpReply(200, contentType, body, all), tag, unchanged);
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

  /** The text as the inside of a JSON string. */
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
