package io.carillon.server;

import io.carillon.http.HttpHandler;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoute.Reach;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
import io.carillon.part.PageFile;
import io.carillon.part.PagePart;
import io.carillon.server.StaticFile.Caching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The page at {@code /}, and the node's name at {@code /node}. All answers are made when the node
 * starts. Immutable; used by event loops.
 */
final class Page {

  /** This mark tells the page that it may offer the server that served it. */
  private static final String ELSEWHERE = "data-served=\"elsewhere\"";

  private static final String SERVED = "data-served=\"by-a-node\"";

  /** The page's script asks there for the cluster's nodes. */
  private static final String MAPPED = SERVED + " data-nodes=\"" + PageNodes.NAME + "\"";

  /**
   * Nothing from other origins, and nothing inline, so that a stranger's text stays text. Only
   * connections may go anywhere: the visitor chooses the node to try, and http is for the names of
   * nodes.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self' ws: wss: http: https:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Map<String, StaticFile> files;
  private final List<HttpRoute> partRoutes;

  private Page(Map<String, StaticFile> files, List<HttpRoute> partRoutes) {
    this.files = Map.copyOf(files);
    this.partRoutes = partRoutes;
  }

  /** A node without a page: the files that other programs load are there, and nothing else. */
  static Page off(List<PagePart> parts) {
    Map<String, StaticFile> files = new HashMap<>();
    parts.stream()
        .flatMap(part -> part.files().stream())
        .filter(PageFile::isShared)
        .forEach(file -> files.put("/" + file.name(), file(file)));
    return new Page(files, List.of());
  }

  /**
   * The page of a node that shows nothing of its cluster.
   *
   * @param nodeId the node's label
   * @param parts in the order of their tabs
   */
  static Page of(String nodeId, List<PagePart> parts) {
    return of(nodeId, parts, SERVED, List.of());
  }

  /** The page of a node, with a map of the cluster's nodes. */
  static Page of(String nodeId, List<PagePart> parts, PageNodes nodes) {
    return of(nodeId, parts, MAPPED, List.of(nodes.route()));
  }

  private static Page of(
      String nodeId, List<PagePart> parts, String marks, List<HttpRoute> ownRoutes) {
    PageContent content = PageContent.of(parts);
    StaticFile index = index(content.html().replace(ELSEWHERE, marks));
    Map<String, StaticFile> files = new HashMap<>();
    files.put("/", index);
    files.put("/index.html", index);
    files.put("/node", node(nodeId));
    content.files().forEach(file -> files.put("/" + file.name(), file(file)));
    return new Page(
        files,
        Stream.concat(ownRoutes.stream(), parts.stream().flatMap(part -> part.routes().stream()))
            .toList());
  }

  /**
   * The paths of the page and its files: only below the prefix. They are named relative to the
   * page's own path, which must end with a slash.
   */
  List<HttpRoute> routes(PathPrefix prefix) {
    List<HttpRoute> routes = new ArrayList<>();
    if (!prefix.isEmpty() && files.containsKey("/")) {
      HttpReply there = HttpReply.text(308, "").with("Location", prefix + "/");
      routes.add(
          HttpRoute.any(PathPattern.exact(prefix.text()), HttpHandler.answering(_ -> there))
              .at(Reach.WITH_PREFIX));
    }
    files.forEach(
        (path, file) ->
            routes.add(
                HttpRoute.any(PathPattern.exact(path), HttpHandler.answering(file::answer))
                    .at(Reach.BELOW_PREFIX)));
    return routes;
  }

  /** The paths that scripts of the page and its parts ask for. */
  List<HttpRoute> partRoutes() {
    return partRoutes;
  }

  private static StaticFile index(String html) {
    return StaticFile.of(guarded(html, "text/html; charset=utf-8"), Caching.ASK_AGAIN);
  }

  private static StaticFile file(PageFile file) {
    Caching caching =
        switch (file.role()) {
          case STYLE, SCRIPT, NAMED, SHARED_SCRIPT, SHARED -> Caching.ASK_AGAIN;
          case PUBLISHED -> Caching.KEEP;
        };
    HttpReply reply = guarded(file.text(), file.contentType());
    return StaticFile.of(file.isShared() ? readableEverywhere(reply) : reply, caching);
  }

  private static HttpReply guarded(String body, String contentType) {
    return new HttpReply(200, contentType, body, Map.of("Content-Security-Policy", POLICY));
  }

  /** Readable from every page, because the label is meant to be shown. */
  private static StaticFile node(String nodeId) {
    HttpReply reply = HttpReply.json(200, "{\"node\":\"%s\"}\n".formatted(escaped(nodeId)));
    return StaticFile.of(readableEverywhere(reply), Caching.ASK_AGAIN);
  }

  private static HttpReply readableEverywhere(HttpReply reply) {
    return reply.with("Access-Control-Allow-Origin", "*");
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
}
