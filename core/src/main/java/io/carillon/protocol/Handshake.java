package io.carillon.protocol;

import java.util.List;

/**
 * The request that opens a WebSocket connection, as far as protocols care.
 *
 * @param path the decoded path, beginning with a slash
 * @param query the query's parameters
 * @param subprotocols what the client offers, in its order
 * @param authorization the header Authorization; empty for none
 * @param origin the header Origin; empty for none
 */
public record Handshake(
    String path,
    QueryParameters query,
    List<String> subprotocols,
    String authorization,
    String origin) {

  public Handshake {
    subprotocols = List.copyOf(subprotocols);
  }

  /** Splits a request target, {@code /path?query}, of a request without further headers. */
  public static Handshake of(String target) {
    return of(target, List.of(), "", "");
  }

  /** Splits a request target, {@code /path?query}. */
  public static Handshake of(
      String target, List<String> subprotocols, String authorization, String origin) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new Handshake(
        PercentDecoder.decodePath(path),
        QueryParameters.parse(query),
        subprotocols,
        authorization,
        origin);
  }

  /** The same at another path. */
  public Handshake at(String otherPath) {
    return new Handshake(otherPath, query, subprotocols, authorization, origin);
  }

  /** The path alone: everything else may hold a secret. */
  @Override
  public String toString() {
    return path;
  }
}
