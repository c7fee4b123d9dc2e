package io.carillon.server.transport;

import io.carillon.http.ClientAddress;
import io.carillon.http.HttpHead;
import io.netty.handler.codec.http.HttpRequest;

/** Turns Netty's requests into the values that the node's parts get. */
final class RequestHeads {

  private RequestHeads() {}

  /**
   * @param client the address of the client
   * @param scheme the scheme of the connection
   */
  static HttpHead of(HttpRequest request, ClientAddress client, String scheme) {
    return HttpHead.of(
        request.method().name(), pathOf(request.uri()), request.headers()::getAll, client, scheme);
  }

  /** A target without its query, which may hold a token. */
  static String bare(HttpRequest request) {
    String target = request.uri();
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /** Some clients and proxies send the absolute form, {@code ws://host/path} (RFC 9112, 3.2.2). */
  private static String pathOf(String target) {
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return target;
    }
    int authority = scheme + 3;
    int path = target.indexOf('/', authority);
    int query = target.indexOf('?', authority);
    if (query >= 0 && (path < 0 || query < path)) {
      return "/" + target.substring(query);
    }
    return path < 0 ? "/" : target.substring(path);
  }
}
