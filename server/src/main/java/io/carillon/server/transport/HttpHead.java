package io.carillon.server.transport;

/**
 * A request before its body, as far as endpoints care.
 *
 * @param method such as POST
 * @param path as it was sent, without the query: still percent-encoded
 * @param authorization the header Authorization; empty for none
 * @param contentType the header Content-Type; empty for none
 */
public record HttpHead(String method, String path, String authorization, String contentType) {

  /** The method and the path; never the authorization. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
