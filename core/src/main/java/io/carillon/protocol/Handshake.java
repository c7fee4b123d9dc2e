package io.carillon.protocol;

import io.carillon.http.ClientAddress;
import io.carillon.http.HttpHead;
import io.carillon.http.PercentDecoder;
import io.carillon.http.QueryParameters;
import io.carillon.http.RequestHeaders;
import java.util.Arrays;
import java.util.List;

/**
 * The request that opens a WebSocket connection, with the parts that protocols need.
 *
 * @param path the decoded path, beginning with a slash
 * @param query the query's parameters
 * @param subprotocols the subprotocols that the client offers, in its order
 * @param authorization the header Authorization; empty for none
 * @param origin the header Origin; empty for none
 * @param client the address of the client, as far as the node's trusted proxies tell it
 */
public record Handshake(
    String path,
    QueryParameters query,
    List<String> subprotocols,
    String authorization,
    String origin,
    ClientAddress client) {

  public Handshake {
    subprotocols = List.copyOf(subprotocols);
  }

  /** Splits a request target, {@code /path?query}, of a request without further headers. */
  public static Handshake of(String target) {
    return of(HttpHead.of("GET", target));
  }

  /** Splits a request target, {@code /path?query}, of a request with these headers alone. */
  public static Handshake of(
      String target, List<String> subprotocols, String authorization, String origin) {
    Handshake bare = of(target);
    return new Handshake(bare.path, bare.query, subprotocols, authorization, origin, bare.client);
  }

  /** What the head of a request says of it. */
  public static Handshake of(HttpHead head) {
    return new Handshake(
        PercentDecoder.decodePath(head.sentPath()),
        QueryParameters.parse(head.query()),
        offered(head.headers()),
        head.authorization(),
        head.headers().line("Origin"),
        head.client());
  }

  private static List<String> offered(RequestHeaders headers) {
    return headers.all("Sec-WebSocket-Protocol").stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** The same handshake at another path. */
  public Handshake at(String otherPath) {
    return new Handshake(otherPath, query, subprotocols, authorization, origin, client);
  }

  /** Only the path: everything else may hold a secret. */
  @Override
  public String toString() {
    return path;
  }
}
