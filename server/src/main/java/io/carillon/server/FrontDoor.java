package io.carillon.server;

import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
import io.carillon.protocol.Answer;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.server.transport.Gatekeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides which part answers a request: a health check, the page, an HTTP API for publishers, or
 * the first protocol that claims a handshake.
 *
 * <p>With a path prefix all paths are below it. A proxy may remove the prefix. So paths that name
 * their purpose are also served without it: health checks, the HTTP APIs and the paths that a
 * protocol claims as its own. The page and the last protocol, which is at every path, need the
 * prefix.
 */
final class FrontDoor implements Gatekeeper {

  private final PathPrefix prefix;
  private final Health health;
  private final HttpRoutes routes;
  private final List<Protocol> protocols;

  /** The protocol at every path that no other protocol claims. */
  private final Protocol last;

  /** A protocol as it is below the prefix. */
  private record Below(PathPrefix prefix, Protocol protocol) implements Protocol {
    @Override
    public boolean claims(Handshake handshake) {
      return protocol.claims(handshake.at(prefix.without(handshake.path())));
    }

    @Override
    public Answer answer(Handshake handshake) {
      return protocol.answer(handshake.at(prefix.without(handshake.path())));
    }
  }

  /**
   * @param frontEnds the last protocol of the last one claims every path
   */
  FrontDoor(PathPrefix prefix, Health health, Page page, List<FrontEnd> frontEnds) {
    List<Protocol> protocols =
        frontEnds.stream().flatMap(frontEnd -> frontEnd.protocols().stream()).toList();
    this.prefix = prefix;
    this.health = health;
    this.routes = routes(prefix, health, page, frontEnds);
    this.protocols =
        protocols.subList(0, protocols.size() - 1).stream()
            .<Protocol>map(protocol -> new Below(prefix, protocol))
            .toList();
    this.last = new Below(prefix, protocols.getLast());
  }

  private static HttpRoutes routes(
      PathPrefix prefix, Health health, Page page, List<FrontEnd> frontEnds) {
    List<HttpRoute> named =
        new ArrayList<>(frontEnds.stream().flatMap(it -> it.routes().stream()).toList());
    named.addAll(page.partRoutes());
    named.addAll(health.routes());
    List<HttpRoute> root =
        List.of(HttpRoute.forWebSockets(PathPattern.exact("/")).at(HttpRoute.Reach.BELOW_PREFIX));
    HttpRoutes advised = table(prefix, List.of(named, root), _ -> HttpReply.text(404, ""));
    Nowhere nowhere =
        new Nowhere(prefix, advised::hasRoute, frontEnds.stream().map(FrontEnd::address).toList());
    return table(prefix, List.of(named, page.routes(prefix), root), nowhere::reply);
  }

  private static HttpRoutes table(
      PathPrefix prefix, List<List<HttpRoute>> parts, Function<String, HttpReply> nowhere) {
    return new HttpRoutes(prefix, parts.stream().flatMap(List::stream).toList(), nowhere);
  }

  @Override
  public HttpRoutes routes() {
    return routes;
  }

  @Override
  public Optional<HttpReply> refusal() {
    return health.refusal();
  }

  @Override
  public Optional<Protocol> protocol(Handshake handshake) {
    return protocols.stream()
        .filter(protocol -> protocol.claims(handshake))
        .findFirst()
        .or(() -> prefix.below(handshake.path()).map(_ -> last));
  }
}
