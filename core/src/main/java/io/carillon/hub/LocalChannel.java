package io.carillon.hub;

import io.carillon.message.Channel;
import io.carillon.message.MessageId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

  /** How many subscribers are not ready yet to hear anything. */
  private int reserved;

  /**
   * Who has been told the last event by other means, and must not hear it again; nearly always
   * null.
   */
  private @Nullable Map<Subscription, MessageId> catchingUp;

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
    return count == 0 && reserved == 0 && waiting == null;
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

  /** The bus routes the channel here: begins, or keeps a place until the subscriber is ready. */
  void settle(Subscription subscription) {
    if (subscription.start == Subscription.Start.ROUTED) {
      add(subscription);
    } else {
      subscription.reserved = true;
      reserved++;
    }
  }

  /** The subscriber is ready; nothing up to this publication, if any, is for it. */
  void activate(Subscription subscription, @Nullable MessageId upTo) {
    subscription.reserved = false;
    reserved--;
    add(subscription);
    if (upTo != null) {
      catchingUp = catchingUp == null ? new HashMap<>(2) : catchingUp;
      catchingUp.put(subscription, upTo);
    }
  }

  /** Whether what comes may be old to somebody here. */
  boolean hasNewcomers() {
    return catchingUp != null;
  }

  /** Whether this publication is old to a subscriber; it is asked once for each, in order. */
  boolean isOld(Subscription subscription, MessageId id) {
    MessageId upTo = catchingUp == null ? null : catchingUp.get(subscription);
    if (upTo == null) {
      return false;
    }
    if (upTo.equals(id)) {
      forgetCatchingUp(subscription);
    }
    return true;
  }

  private void forgetCatchingUp(Subscription subscription) {
    if (catchingUp != null) {
      catchingUp.remove(subscription);
      catchingUp = catchingUp.isEmpty() ? null : catchingUp;
    }
  }

  private void add(Subscription subscription) {
    if (count == subscriptions.length) {
      subscriptions = Arrays.copyOf(subscriptions, Math.max(2, count + (count >> 1)));
    }
    subscription.index = count;
    subscriptions[count++] = subscription;
  }

  /** Removes a subscription, whether it is active, reserved or waits. */
  @SuppressWarnings("NullAway") // The array's unused tail is null, and nobody reads it.
  void remove(Subscription subscription) {
    int index = subscription.index;
    if (subscription.reserved) {
      subscription.reserved = false;
      reserved--;
      return;
    }
    if (index < 0) {
      stopWaiting(subscription);
      return;
    }
    forgetCatchingUp(subscription);
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
