package io.carillon.protocol.pusher.frontend;

import io.carillon.app.AppRegistry;
import io.carillon.app.MemoryAppRegistry;
import io.carillon.broker.PublishOutcome;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
import io.carillon.hub.Hub;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.metrics.MetricSource;
import io.carillon.presence.Presence;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.FrontEndContext;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.pusher.PusherConfig;
import io.carillon.protocol.pusher.PusherProtocol;
import io.carillon.protocol.pusher.api.PusherApi;
import io.carillon.protocol.pusher.api.PusherApiMetrics;
import io.carillon.protocol.pusher.api.PusherBackend;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The Pusher protocol and its HTTP API over one hub. Thread-safe. */
final class PusherFrontEnd implements FrontEnd, PusherBackend {

  private final FrontEndContext node;
  private final PusherProtocol protocol;
  private final PusherApi api;

  PusherFrontEnd(PusherConfig config, FrontEndContext node) {
    AppRegistry apps = new MemoryAppRegistry(config.apps());
    Hub hub = node.hub();
    Presence presence = node.presence();
    this.node = node;
    this.protocol =
        new PusherProtocol(
            config.activityTimeout(),
            apps,
            hub,
            presence,
            node.tallies(),
            node.memory(),
            new SecureRandom(),
            System::nanoTime);
    this.api =
        new PusherApi(
            node.prefix(), apps, this, presence, InstantSource.system(), System::nanoTime);
  }

  @Override
  public List<Protocol> protocols() {
    return List.of(protocol);
  }

  @Override
  public List<HttpRoute> routes() {
    return List.of(
        api.route(),
        HttpRoute.forWebSockets(PathPattern.exact("/app")),
        HttpRoute.forWebSockets(PathPattern.below("/app/")));
  }

  @Override
  public List<MetricSource> metrics() {
    return List.of(PusherApiMetrics.SET.from(api::refusals));
  }

  @Override
  public boolean takesPublications() {
    return true;
  }

  @Override
  public String address() {
    return addressBelow(node.prefix());
  }

  /** The addresses that clients connect to. */
  static String addressBelow(PathPrefix prefix) {
    return prefix + "/app/{key} with the Pusher protocol";
  }

  @Override
  public Optional<String> unavailable() {
    return node.publishUnavailable().get();
  }

  @Override
  public Duration viewAge() {
    return node.viewAge().get();
  }

  @Override
  public boolean carries(Channel channel) {
    return node.hub().carries(channel);
  }

  @Override
  public void publish(List<Draft> all, Outcomes outcomes) {
    node.hub().publishAll(all, index -> outcome -> outcomes.onOutcome(index, outcome));
  }

  @Override
  public Optional<CachedEvent> cached(Channel channel) {
    return node.memory()
        .of(channel)
        .map(
            last ->
                new CachedEvent(
                    PusherProtocol.dataOf(last.publication()), node.memory().remaining(channel)));
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
