package io.carillon.hub;

import io.carillon.broker.Broker;
import io.carillon.message.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The routes whose home is one loop: carries out what joins and leaves mean toward the broker. Only
 * that loop calls it.
 *
 * <p>Binds that fall into one turn of the loop go to the broker in one call.
 */
final class RouteTable {

  private final Loop loop;
  private final Broker broker;
  private final InterestMap interest;
  private final HubConfig config;
  private final LongSupplier nanoClock;
  private final BooleanSupplier leaving;
  private final Map<Channel, Route> routes = new HashMap<>();
  private List<Route> toBind = new ArrayList<>();

  /**
   * @param leaving whether the node is on its way out, so that unbinding is in vain
   */
  RouteTable(
      Loop loop,
      Broker broker,
      InterestMap interest,
      HubConfig config,
      LongSupplier nanoClock,
      BooleanSupplier leaving) {
    this.loop = loop;
    this.broker = broker;
    this.interest = interest;
    this.config = config;
    this.nanoClock = nanoClock;
    this.leaving = leaving;
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

  /** A shard has no use for a channel any more. */
  void leave(Channel channel, HubShard shard) {
    assert loop.inLoop();
    interest.remove(channel, shard);
    Route route = routes.get(channel);
    if (route != null) {
      route.cancel(shard);
      lingerIfAbandoned(route);
    }
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
    for (Route route : batch) {
      if (failure == null) {
        become(route, Route.State.BOUND);
        for (Route.Join join : route.takeWaiting()) {
          answer(route.channel(), join.shard(), join.ticket(), SubscribeOutcome.SUBSCRIBED);
        }
        lingerIfAbandoned(route);
      } else {
        routes.remove(route.channel());
        refuse(route, route.takeWaiting(), SubscribeOutcome.BUS_UNAVAILABLE);
      }
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
      interest.remove(route.channel(), join.shard());
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
      return; // Everything goes with this node's connection, at once.
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
