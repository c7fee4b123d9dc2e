package io.carillon.server.transport;

/**
 * A request before its body, as far as endpoints care.
 *
 * @param method such as POST
 * @param path as it was sent, without the query: still percent-encoded
 * @param query as it was sent, without the question mark; empty for none
 * @param authorization the header Authorization; empty for none
 * @param contentType the header Content-Type; empty for none
 */
public record HttpHead(
    String method, String path, String query, String authorization, String contentType) {

  /** The same at another path. */
  public HttpHead at(String otherPath) {
    return new HttpHead(method, otherPath, query, authorization, contentType);
  }

  /** The method and the path; never the authorization, nor the query, which may hold a token. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
