package io.carillon.protocol;

/**
 * The request that opens a WebSocket connection, as far as protocols care.
 *
 * @param path the decoded path, beginning with a slash
 * @param query the query's parameters
 */
public record Handshake(String path, QueryParameters query) {

  /** Splits a request target, {@code /path?query}. */
  public static Handshake of(String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new Handshake(PercentDecoder.decodePath(path), QueryParameters.parse(query));
  }
}
