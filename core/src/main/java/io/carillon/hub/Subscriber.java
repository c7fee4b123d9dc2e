package io.carillon.hub;

import io.carillon.broker.PublishCallback;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection in the hub: the channels that it is subscribed to, and its door to publishing. A
 * subscriber belongs to one shard; only that shard's loop calls it.
 */
public final class Subscriber {

  private final HubShard shard;

  /** The name by which a publication can exclude this subscriber; empty for none. */
  final String name;

  final Connection connection;
  final Encoder encoder;
  private final Subscriptions subscriptions = new Subscriptions();
  private boolean closed;

  Subscriber(HubShard shard, String name, Connection connection, Encoder encoder) {
    this.shard = shard;
    this.name = name;
    this.connection = connection;
    this.encoder = encoder;
  }

  /**
   * Subscribes. The callback receives the outcome on this loop, at once or within {@link
   * HubConfig#subscribeTimeout}. Publications are delivered from the moment of {@link
   * SubscribeOutcome#SUBSCRIBED} on, after the callback has returned. If the subscriber is closed
   * before, the callback is not called.
   */
  public void subscribe(Channel channel, SubscribeCallback callback) {
    subscribe(channel, Subscription.Start.ROUTED, callback);
  }

  /**
   * Subscribes as {@link #subscribe} does, but nothing is delivered until {@link #activate}.
   * Meanwhile the session can find out what it has to tell its client first. {@link #unsubscribe}
   * gives up the reservation.
   */
  public void reserve(Channel channel, SubscribeCallback callback) {
    subscribe(channel, Subscription.Start.ACTIVATED, callback);
  }

  /**
   * Begins to deliver publications of a channel that was reserved.
   *
   * @param known the channel's last publication, if the client has been shown it meanwhile: neither
   *     it nor earlier ones are delivered again, and all later ones are. Null for none
   */
  public void activate(Channel channel, @Nullable Remembered known) {
    Subscription subscription = subscriptions.get(channel);
    if (subscription != null && subscription.reserved) {
      shard.activate(subscription, known);
    }
  }

  private void subscribe(Channel channel, Subscription.Start start, SubscribeCallback callback) {
    if (closed) {
      return;
    }
    if (subscriptions.get(channel) != null) {
      callback.onOutcome(SubscribeOutcome.ALREADY_SUBSCRIBED);
    } else if (subscriptions.size() >= shard.maxSubscriptions()) {
      shard.counters().tooManySubscriptions.increment();
      callback.onOutcome(SubscribeOutcome.TOO_MANY);
    } else {
      shard.subscribe(this, channel, start, callback);
    }
  }

  /** Ends a subscription, or the wait for it; false if there was none. */
  public boolean unsubscribe(Channel channel) {
    Subscription subscription = subscriptions.remove(channel);
    if (subscription == null) {
      return false;
    }
    shard.leave(subscription);
    return true;
  }

  public boolean isSubscribed(Channel channel) {
    Subscription subscription = subscriptions.get(channel);
    return subscription != null && subscription.isActive();
  }

  /** The channels that the subscriber is subscribed to, in no order; a copy. */
  public List<Channel> channels() {
    List<Channel> channels = new ArrayList<>(subscriptions.size());
    for (Subscription subscription : subscriptions.all()) {
      if (subscription.isActive()) {
        channels.add(subscription.local.channel());
      }
    }
    return channels;
  }

  /**
   * Publishes to a channel; the session decides whether this subscriber may do so. Publications of
   * one subscriber to one channel keep their order.
   *
   * @param callback receives the outcome on this loop, later
   */
  public void publish(Draft draft, PublishCallback callback) {
    shard.publish(draft, callback);
  }

  /** Leaves every channel. Idempotent. */
  public void close() {
    if (!closed) {
      shard.forget(this);
    }
    closed = true;
    List<Subscription> left = subscriptions.all();
    subscriptions.clear();
    left.forEach(shard::leave);
  }

  /** Called by the shard: a subscription begins, active or waiting. */
  void remember(Subscription subscription) {
    subscriptions.add(subscription);
  }

  /** Called by the shard: a subscription was refused. */
  void forget(Subscription subscription) {
    subscriptions.remove(subscription.local.channel());
  }
}
