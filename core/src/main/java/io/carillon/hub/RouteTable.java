package io.carillon.hub;

import io.carillon.broker.Broker;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The routes whose home is one loop: turns joins and leaves into calls of the broker. Only that
 * loop calls it.
 *
 * <p>Binds that fall into one turn of the loop go to the broker in one call. Lost routes that can't
 * be bound again now are tried again together, after a pause.
 */
final class RouteTable {

  /** How long lost routes wait for the next attempt to bind them. */
  static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private final Loop loop;
  private final Broker broker;
  private final InterestMap interest;
  private final HubConfig config;
  private final LongSupplier nanoClock;
  private final InstantSource wallClock;
  private final BooleanSupplier leaving;
  private final Consumer<Gap> onGap;
  private final Map<Channel, Route> routes = new HashMap<>();
  private List<Route> toBind = new ArrayList<>();

  /** Lost routes that wait for the next attempt. */
  private List<Route> toRetry = new ArrayList<>();

  /**
   * @param leaving whether the node is shutting down, so that unbinding is useless
   * @param onGap receives the gaps of lost routes, on this loop
   */
  RouteTable(
      Loop loop,
      Broker broker,
      InterestMap interest,
      HubConfig config,
      LongSupplier nanoClock,
      InstantSource wallClock,
      BooleanSupplier leaving,
      Consumer<Gap> onGap) {
    this.loop = loop;
    this.broker = broker;
    this.interest = interest;
    this.config = config;
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
    this.leaving = leaving;
    this.onGap = onGap;
  }

  /** A shard wants a channel; it is answered when the bus routes the channel here. */
  void join(Channel channel, HubShard shard, long ticket) {
    assert loop.inLoop();
    interest.add(channel, shard);
    Route route = routes.get(channel);
    if (route == null) {
      route = new Route(channel);
      routes.put(channel, route);
      bind(route);
    }
    if (route.state() == Route.State.BOUND) {
      answer(channel, shard, ticket, SubscribeOutcome.SUBSCRIBED);
      return;
    }
    long deadline = nanoClock.getAsLong() + config.subscribeTimeout().toNanos();
    route.await(new Route.Join(shard, ticket, deadline));
    planExpiry(route, config.subscribeTimeout());
  }

  /** A shard no longer wants a channel. */
  void leave(Channel channel, HubShard shard) {
    assert loop.inLoop();
    interest.remove(channel, shard);
    Route route = routes.get(channel);
    if (route != null) {
      route.leave(shard);
      lingerIfAbandoned(route);
    }
  }

  /** The bus no longer routes these channels here, although the node did not ask for that. */
  void lose(List<Channel> channels) {
    assert loop.inLoop();
    for (Channel channel : channels) {
      Route route = routes.get(channel);
      if (route != null && route.state() == Route.State.BOUND) {
        lose(route);
      }
    }
  }

  private void lose(Route route) {
    Channel channel = route.channel();
    HubShard[] shards = interest.shards(channel);
    if (shards.length == 0) { // It lingers: its end has come early.
      forget(route);
      return;
    }
    route.lose(wallClock.instant(), shards);
    for (HubShard shard : shards) {
      shard.loop().execute(() -> shard.onRouteLost(channel));
    }
    bind(route);
  }

  private void forget(Route route) {
    become(route, Route.State.UNBINDING);
    routes.remove(route.channel());
  }

  private void bind(Route route) {
    become(route, Route.State.BINDING);
    if (toBind.isEmpty()) {
      loop.execute(this::sendBinds);
    }
    toBind.add(route);
  }

  private void become(Route route, Route.State state) {
    route.become(state);
    interest.setRouted(route.channel(), state);
  }

  private void sendBinds() {
    assert loop.inLoop();
    List<Route> batch = toBind;
    toBind = new ArrayList<>();
    broker
        .subscribe(batch.stream().map(Route::channel).toList())
        .whenComplete((done, failure) -> loop.execute(() -> onBound(batch, failure)));
  }

  private void onBound(List<Route> batch, @Nullable Throwable failure) {
    assert loop.inLoop();
    if (failure == null) {
      reportGap(batch);
      batch.forEach(this::onBound);
    } else {
      batch.forEach(this::onBindFailed);
    }
  }

  private void onBound(Route route) {
    Channel channel = route.channel();
    become(route, Route.State.BOUND);
    for (HubShard shard : route.kept()) {
      shard.loop().execute(() -> shard.onRouteRestored(channel));
    }
    route.restore();
    for (Route.Join join : route.takeWaiting()) {
      answer(channel, join.shard(), join.ticket(), SubscribeOutcome.SUBSCRIBED);
    }
    lingerIfAbandoned(route);
  }

  private void onBindFailed(Route route) {
    refuse(route, route.takeWaiting(), SubscribeOutcome.BUS_UNAVAILABLE);
    if (route.kept().isEmpty()) {
      forget(route);
      return;
    }
    if (toRetry.isEmpty()) {
      loop.schedule(this::retry, RETRY_PAUSE);
    }
    toRetry.add(route);
  }

  private void retry() {
    assert loop.inLoop();
    List<Route> batch = toRetry;
    toRetry = new ArrayList<>();
    for (Route route : batch) {
      if (interest.isEmpty(route.channel())) {
        forget(route);
      } else {
        bind(route);
      }
    }
  }

  /** Reports the publications that the lost routes of this batch may have missed until now. */
  private void reportGap(List<Route> batch) {
    Set<Channel> channels = new HashSet<>();
    Instant from = Instant.MAX;
    for (Route route : batch) {
      Instant since = route.lostSince().orElse(Instant.MAX);
      if (since.isBefore(Instant.MAX)) {
        channels.add(route.channel());
        from = since.isBefore(from) ? since : from;
      }
    }
    if (!channels.isEmpty()) {
      onGap.accept(new Gap("the bus had stopped routing", channels, from, wallClock.instant()));
    }
  }

  private void planExpiry(Route route, Duration delay) {
    if (route.planExpiry()) {
      loop.schedule(() -> expire(route), delay);
    }
  }

  private void expire(Route route) {
    assert loop.inLoop();
    long now = nanoClock.getAsLong();
    route.expiryFired();
    refuse(route, route.takeExpired(now), SubscribeOutcome.TIMED_OUT);
    if (route.isAwaited()) {
      planExpiry(route, Duration.ofNanos(route.firstDeadline() - now));
    }
  }

  private void refuse(Route route, List<Route.Join> joins, SubscribeOutcome outcome) {
    for (Route.Join join : joins) {
      if (!route.keeps(join.shard())) {
        interest.remove(route.channel(), join.shard());
      }
      answer(route.channel(), join.shard(), join.ticket(), outcome);
    }
  }

  private void lingerIfAbandoned(Route route) {
    if (isAbandoned(route)) {
      route.abandon(nanoClock.getAsLong());
      planUnbind(route, config.unbindLinger());
    }
  }

  private void planUnbind(Route route, Duration delay) {
    if (!delay.isPositive()) {
      unbind(route);
    } else if (route.planUnbind()) {
      loop.schedule(() -> onLingerOver(route), delay);
    }
  }

  private void onLingerOver(Route route) {
    assert loop.inLoop();
    route.unbindFired();
    if (isAbandoned(route)) {
      Duration since = Duration.ofNanos(nanoClock.getAsLong() - route.abandonedAt());
      planUnbind(route, config.unbindLinger().minus(since));
    }
  }

  private boolean isAbandoned(Route route) {
    return route.state() == Route.State.BOUND && interest.isEmpty(route.channel());
  }

  private void unbind(Route route) {
    if (leaving.getAsBoolean()) {
      return; // The broker forgets all bindings when this node's connection ends.
    }
    become(route, Route.State.UNBINDING);
    broker
        .unsubscribe(List.of(route.channel()))
        .whenComplete((done, failure) -> loop.execute(() -> onUnbound(route)));
  }

  private void onUnbound(Route route) {
    assert loop.inLoop();
    if (route.isAwaited()) {
      bind(route);
    } else {
      routes.remove(route.channel());
    }
  }

  private static void answer(
      Channel channel, HubShard shard, long ticket, SubscribeOutcome outcome) {
    shard.loop().execute(() -> shard.onJoinAnswered(channel, ticket, outcome));
  }

  /** For tests: the channel's route, null when it is absent. */
  @Nullable Route route(Channel channel) {
    return routes.get(channel);
  }
}
