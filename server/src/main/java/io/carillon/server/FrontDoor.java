package io.carillon.server;

import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.carillon.server.api.PublishEndpoint;
import io.carillon.server.pusher.PusherApi;
import io.carillon.server.transport.Gatekeeper;
import io.carillon.server.transport.HttpEndpoint;
import io.carillon.server.transport.HttpReply;
import io.carillon.server.transport.PlainRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who answers a request: a health check, the page, the way in for publishers that are no
 * clients, or the first protocol that claims a handshake.
 */
final class FrontDoor implements Gatekeeper {

  private final Health health;
  private final Page page;
  private final PublishEndpoint publishing;
  private final @Nullable PusherApi pusher;
  private final List<Protocol> protocols;

  /**
   * @param pusher null where there are no apps
   */
  FrontDoor(
      Health health,
      Page page,
      PublishEndpoint publishing,
      @Nullable PusherApi pusher,
      List<Protocol> protocols) {
    this.health = health;
    this.page = page;
    this.publishing = publishing;
    this.pusher = pusher;
    this.protocols = List.copyOf(protocols);
  }

  @Override
  public Optional<HttpReply> answer(PlainRequest request) {
    return health.answer(request.path()).or(() -> page.answer(request));
  }

  @Override
  public Optional<HttpEndpoint> endpoint(String path) {
    if (pusher != null && PusherApi.isAt(path)) {
      return Optional.of(pusher);
    }
    return PublishEndpoint.isAt(path) ? Optional.of(publishing) : page.endpoint(path);
  }

  @Override
  public Optional<HttpReply> refusal() {
    return health.refusal();
  }

  @Override
  public Optional<Protocol> protocol(Handshake handshake) {
    return protocols.stream().filter(protocol -> protocol.claims(handshake)).findFirst();
  }
}
