package io.carillon.hub;

import io.carillon.broker.PublishCallback;
import io.carillon.message.Channel;
import io.carillon.message.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection in the hub: the channels that it is subscribed to, and its door to publishing. It
 * belongs to one shard; only that shard's loop calls it.
 */
public final class Subscriber {

  private final HubShard shard;
  final Connection connection;
  final Encoder encoder;
  private final Subscriptions subscriptions = new Subscriptions();
  private boolean closed;

  Subscriber(HubShard shard, Connection connection, Encoder encoder) {
    this.shard = shard;
    this.connection = connection;
    this.encoder = encoder;
  }

  /**
   * Subscribes; the callback hears the outcome on this loop, at once or within {@link
   * HubConfig#subscribeTimeout}. Publications are delivered from the moment of {@link
   * SubscribeOutcome#SUBSCRIBED} on, after the callback has returned. A subscriber that is closed
   * before then hears nothing more.
   */
  public void subscribe(Channel channel, SubscribeCallback callback) {
    if (closed) {
      return;
    }
    if (subscriptions.get(channel) != null) {
      callback.onOutcome(SubscribeOutcome.ALREADY_SUBSCRIBED);
    } else if (subscriptions.size() >= shard.maxSubscriptions()) {
      shard.counters().tooManySubscriptions.increment();
      callback.onOutcome(SubscribeOutcome.TOO_MANY);
    } else {
      shard.subscribe(this, channel, callback);
    }
  }

  /** Ends a subscription, or the wait for it; false when there was none. */
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
    return subscription != null && subscription.index >= 0;
  }

  /** The channels that it is subscribed to, in no order; a copy. */
  public List<Channel> channels() {
    List<Channel> channels = new ArrayList<>(subscriptions.size());
    for (Subscription subscription : subscriptions.all()) {
      if (subscription.index >= 0) {
        channels.add(subscription.local.channel());
      }
    }
    return channels;
  }

  /**
   * Publishes to a channel; whether this subscriber may do so is for the session to decide.
   * Publications of one subscriber to one channel keep their order.
   *
   * @param event the event's name; empty where the protocol has none
   * @param sender the publisher's display name; empty for none
   * @param callback hears the outcome on this loop, later
   */
  public void publish(
      Channel channel, String event, Payload payload, String sender, PublishCallback callback) {
    shard.publish(channel, event, payload, sender, callback);
  }

  /** Leaves every channel. Idempotent. */
  public void close() {
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
