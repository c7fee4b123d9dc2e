package io.carillon.server;

import io.carillon.app.AppRegistry;
import io.carillon.app.MemoryAppRegistry;
import io.carillon.broker.PublishOutcome;
import io.carillon.http.PathPrefix;
import io.carillon.hub.Hub;
import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.presence.Presence;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.pusher.PusherProtocol;
import io.carillon.server.pusher.PusherApi;
import io.carillon.server.pusher.PusherBackend;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The Pusher protocol and its HTTP API over one hub. Thread-safe. */
final class PusherFrontEnd implements PusherBackend {

  private final Hub hub;
  private final Health health;
  private final LastPublications memory;
  private final PusherProtocol protocol;
  private final PusherApi api;

  /**
   * @param prefix what paths begin with
   * @param hub not started yet
   * @param presence the hub's
   * @param memory what the hub remembers
   */
  PusherFrontEnd(
      PathPrefix prefix,
      PusherConfig config,
      Hub hub,
      Presence presence,
      LastPublications memory,
      Health health) {
    AppRegistry apps = new MemoryAppRegistry(config.apps());
    this.hub = hub;
    this.health = health;
    this.memory = memory;
    this.protocol =
        new PusherProtocol(
            config.activityTimeout(),
            apps,
            hub,
            presence,
            memory,
            new SecureRandom(),
            System::nanoTime);
    this.api =
        new PusherApi(prefix, apps, this, presence, InstantSource.system(), System::nanoTime);
  }

  /** What a hub is to remember for these apps. */
  static LastPublications memoryOf(PusherConfig config) {
    return switch (config.cache()) {
      case PusherConfig.Cache.None _ -> LastPublications.NONE;
      case PusherConfig.Cache.Memory memory ->
          config.apps().isEmpty()
              ? LastPublications.NONE
              : new MemoryOfChannels(
                  PusherProtocol::remembers,
                  PusherProtocol::isRemembered,
                  memory.ttl(),
                  memory.maxBytes(),
                  System::nanoTime);
    };
  }

  Protocol protocol() {
    return protocol;
  }

  PusherApi api() {
    return api;
  }

  @Override
  public Optional<String> unavailable() {
    return health.publishUnavailable();
  }

  @Override
  public boolean carries(Channel channel) {
    return hub.carries(channel);
  }

  @Override
  public void publish(List<Draft> all, Outcomes outcomes) {
    hub.publishAll(all, index -> outcome -> outcomes.onOutcome(index, outcome));
  }

  @Override
  public Optional<CachedEvent> cached(Channel channel) {
    return memory
        .of(channel)
        .map(
            last ->
                new CachedEvent(
                    PusherProtocol.dataOf(last.publication()), memory.remaining(channel)));
  }

  @Override
  public CompletionStage<PublishOutcome> terminate(String app, String userId) {
    return protocol
        .terminate(app, userId)
        .<PublishOutcome>thenApply(done -> PublishOutcome.ACCEPTED)
        .exceptionally(failure -> new PublishOutcome.Unknown(String.valueOf(failure.getMessage())));
  }

  @Override
  public CompletionStage<Integer> connections(String app) {
    return CompletableFuture.completedStage(protocol.connections(app));
  }
}
