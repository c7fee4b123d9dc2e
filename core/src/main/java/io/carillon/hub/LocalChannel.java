package io.carillon.hub;

import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One channel on one shard: who is subscribed, and who waits for the bus to route it here. Owned by
 * its shard's loop.
 *
 * <p>Subscriptions lie densely in an array for the fan-out; each knows its place, so that leaving
 * is one swap.
 */
final class LocalChannel {

  private static final Subscription[] NONE = {};

  private final Channel channel;

  /** Names the join under which this channel was asked for; answers to older ones are stale. */
  private final long ticket;

  private Subscription[] subscriptions = NONE;
  private int count;

  /** Null while nobody waits, which is nearly always. */
  private @Nullable Map<Subscription, SubscribeCallback> waiting;

  private boolean routed;

  LocalChannel(Channel channel, long ticket) {
    this.channel = channel;
    this.ticket = ticket;
  }

  Channel channel() {
    return channel;
  }

  long ticket() {
    return ticket;
  }

  /** Whether publications of every live node reach this shard. */
  boolean isRouted() {
    return routed;
  }

  void setRouted() {
    routed = true;
  }

  boolean isUnused() {
    return count == 0 && waiting == null;
  }

  int count() {
    return count;
  }

  Subscription subscription(int index) {
    return subscriptions[index];
  }

  void await(Subscription subscription, SubscribeCallback callback) {
    if (waiting == null) {
      waiting = new LinkedHashMap<>(2);
    }
    waiting.put(subscription, callback);
  }

  /** Everyone who waits, and forgets them. */
  List<Waiting> takeWaiting() {
    List<Waiting> taken = new ArrayList<>();
    if (waiting != null) {
      waiting.forEach((subscription, callback) -> taken.add(new Waiting(subscription, callback)));
      waiting = null;
    }
    return taken;
  }

  void add(Subscription subscription) {
    if (count == subscriptions.length) {
      subscriptions = Arrays.copyOf(subscriptions, Math.max(2, count + (count >> 1)));
    }
    subscription.index = count;
    subscriptions[count++] = subscription;
  }

  /** Removes a subscription, whether it is active or waits. */
  @SuppressWarnings("NullAway") // The array's unused tail is null, and nobody reads it.
  void remove(Subscription subscription) {
    int index = subscription.index;
    if (index < 0) {
      stopWaiting(subscription);
      return;
    }
    Subscription last = subscriptions[--count];
    subscriptions[index] = last;
    last.index = index;
    subscriptions[count] = null;
    subscription.index = -1;
    if (count < subscriptions.length / 4) {
      subscriptions = Arrays.copyOf(subscriptions, subscriptions.length / 2);
    }
  }

  private void stopWaiting(Subscription subscription) {
    if (waiting != null) {
      waiting.remove(subscription);
      if (waiting.isEmpty()) {
        waiting = null;
      }
    }
  }

  /** A subscribe that has not been answered yet. */
  record Waiting(Subscription subscription, SubscribeCallback callback) {}
}
