package io.carillon.server;

import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.pusher.PusherProtocol;
import io.carillon.server.api.PublishEndpoint;
import io.carillon.server.pusher.PusherApi;
import io.carillon.server.transport.Gatekeeper;
import io.carillon.server.transport.HttpEndpoint;
import io.carillon.server.transport.HttpReply;
import io.carillon.server.transport.PathPrefix;
import io.carillon.server.transport.PlainRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who answers a request: a health check, the page, the way in for publishers that are no
 * clients, or the first protocol that claims a handshake.
 *
 * <p>With a path prefix everything is below it. A proxy may take the prefix away, so paths that
 * name what they are for are served without it, too: health checks, the HTTP APIs and what a
 * protocol claims as its own. The page and the last protocol, which is at every path, are not.
 */
final class FrontDoor implements Gatekeeper {

  private final PathPrefix prefix;
  private final Health health;
  private final Page page;
  private final PublishEndpoint publishing;
  private final @Nullable PusherApi pusher;
  private final List<Protocol> protocols;

  /** At every path that no other protocol claims. */
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
   * @param pusher null where there are no apps
   * @param protocols the last one claims every path
   */
  FrontDoor(
      PathPrefix prefix,
      Health health,
      Page page,
      PublishEndpoint publishing,
      @Nullable PusherApi pusher,
      List<Protocol> protocols) {
    this.prefix = prefix;
    this.health = health;
    this.page = page;
    this.publishing = publishing;
    this.pusher = pusher;
    this.protocols =
        protocols.subList(0, protocols.size() - 1).stream()
            .<Protocol>map(protocol -> new Below(prefix, protocol))
            .toList();
    this.last = new Below(prefix, protocols.getLast());
  }

  @Override
  public Optional<HttpReply> answer(PlainRequest request) {
    String path = prefix.without(request.path());
    if (request.method().equals("OPTIONS") && (path.equals("/") || path.equals("*"))) {
      return Optional.of(health.options());
    }
    return health.answer(path).or(() -> pageAnswer(request));
  }

  /** The page names its parts relative to its own path, which needs its slash. */
  private Optional<HttpReply> pageAnswer(PlainRequest request) {
    Optional<HttpReply> answer =
        prefix.below(request.path()).flatMap(path -> page.answer(request.at(path)));
    boolean slashIsMissing = !prefix.isEmpty() && request.path().equals(prefix.text());
    return slashIsMissing
        ? answer.map(there -> HttpReply.text(308, "").with("Location", prefix + "/"))
        : answer;
  }

  @Override
  public Optional<HttpEndpoint> endpoint(String path) {
    String bare = prefix.without(path);
    if (pusher != null && PusherApi.isAt(bare)) {
      return Optional.of(pusher);
    }
    if (PublishEndpoint.isAt(bare)) {
      return Optional.of(head -> publishing.admit(head.at(bare)));
    }
    return prefix
        .below(path)
        .flatMap(page::endpoint)
        .map(endpoint -> head -> endpoint.admit(head.at(bare)));
  }

  @Override
  public boolean isForWebSockets(String path) {
    String bare = prefix.without(path);
    return prefix.below(path).filter("/"::equals).isPresent()
        || (pusher != null && PusherProtocol.isAt(bare));
  }

  @Override
  public HttpReply nothingAt(String path) {
    return Nowhere.reply(path, prefix, this::isSomething);
  }

  private boolean isSomething(String path) {
    return health.answer(prefix.without(path)).isPresent()
        || endpoint(path).isPresent()
        || isForWebSockets(path);
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
