package io.carillon.server.transport;

/**
 * A request that asks for no WebSocket.
 *
 * @param method the method, in capitals
 * @param path the path, decoded, without the query; an asterisk for the whole server
 * @param ifNoneMatch the entity tags that the client has, as it wrote them; empty without any
 */
public record PlainRequest(String method, String path, String ifNoneMatch) {

  /** A plain GET. */
  public static PlainRequest get(String path) {
    return new PlainRequest("GET", path, "");
  }

  /** The same at another path. */
  public PlainRequest at(String otherPath) {
    return new PlainRequest(method, otherPath, ifNoneMatch);
  }

  /** Whether it only reads. */
  public boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Whether the client has what this entity tag stands for (RFC 9110, 13.1.2). */
  public boolean has(String entityTag) {
    return ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(entityTag);
  }
}
