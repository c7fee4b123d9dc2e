package io.carillon.http;

/**
 * A request before its body.
 *
 * @param method such as POST, with the letters as they were sent
 * @param path without the query and without the node's path prefix, in the form in which its route
 *     compares it (see {@link PathPattern}); an asterisk for the whole node
 * @param sentPath without the query, as it was sent: percent-encoded, and with the prefix if there
 *     was one
 * @param query as it was sent, without the question mark; empty for none
 * @param headers all headers
 * @param client the address of the client, as far as the node's trusted proxies tell it
 * @param scheme {@code https} if this node ends TLS, else {@code http}
 */
public record HttpHead(
    String method,
    String path,
    String sentPath,
    String query,
    RequestHeaders headers,
    ClientAddress client,
    String scheme) {

  /**
   * @param target the request's target, {@code /path?query}
   */
  public static HttpHead of(
      String method, String target, RequestHeaders headers, ClientAddress client, String scheme) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new HttpHead(method, path, path, query, headers, client, scheme);
  }

  /** A request that has come by no connection. */
  public static HttpHead of(String method, String target, RequestHeaders headers) {
    return of(method, target, headers, ClientAddress.NONE, "http");
  }

  /** A request without headers that has come by no connection. */
  public static HttpHead of(String method, String target) {
    return of(method, target, RequestHeaders.NONE);
  }

  /** The same, as a route sees it. */
  HttpHead at(String routePath) {
    return routePath.equals(path)
        ? this
        : new HttpHead(method, routePath, sentPath, query, headers, client, scheme);
  }

  /** Whether the request only reads. */
  public boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** The header Authorization; empty for none. */
  public String authorization() {
    return headers.line("Authorization");
  }

  /** The header Content-Type; empty for none. */
  public String contentType() {
    return headers.first("Content-Type");
  }

  /** The method and the path; never the headers, nor the query, which may hold a token. */
  @Override
  public String toString() {
    return method + " " + sentPath;
  }
}
