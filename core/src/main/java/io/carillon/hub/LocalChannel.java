package io.carillon.hub;

import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One channel on one shard: its subscribers, and those that wait for the bus to route the channel
 * here. Owned by its shard's loop.
 *
 * <p>Subscriptions lie densely in an array for the fan-out. Each subscription knows its index, so
 * that removing it is one swap.
 */
final class LocalChannel {

  private static final Subscription[] NONE = {};

  /** The state of the route, as far as this shard was told. */
  private enum Routing {
    /** Nothing is routed here yet. */
    ASKED,
    /** Publications of every live node are. */
    ROUTED,
    /** They were, and are not now. */
    LOST
  }

  private final Channel channel;

  /**
   * Names the last join under which this channel was asked for; answers to older ones are stale.
   */
  private long ticket;

  private Subscription[] subscriptions = NONE;
  private int count;

  /** Null while no subscriber waits, which is nearly always. */
  private @Nullable Map<Subscription, SubscribeCallback> waiting;

  private Routing routing = Routing.ASKED;

  /** Whether somebody hears how many subscriptions there are. */
  private boolean counted;

  /** How many subscribers are not ready yet to receive publications. */
  private int reserved;

  /** The number of the last publication so far; zero if the channel remembers nothing. */
  private long latest;

  /** Publications with a number up to this one are old to all subscribers. */
  private long floor;

  /**
   * Subscribers that were shown the last publication by other means, with its number. Such a
   * subscriber must receive neither that publication, which still waits for this shard, nor earlier
   * ones. Nearly always null.
   */
  private @Nullable Map<Subscription, Long> catchingUp;

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

  /** The channel is asked for once more. */
  void renew(long nextTicket) {
    ticket = nextTicket;
  }

  /** Whether publications of every live node reach this shard. */
  boolean isRouted() {
    return routing == Routing.ROUTED;
  }

  void setRouted() {
    routing = Routing.ROUTED;
  }

  /** Whether they did before, and will again, and may be missed now. */
  boolean isLost() {
    return routing == Routing.LOST;
  }

  /** The bus has stopped routing it here. Subscribers stay; new ones wait. */
  void lose() {
    routing = Routing.LOST;
  }

  boolean isCounted() {
    return counted;
  }

  void setCounted() {
    counted = true;
  }

  boolean isUnused() {
    return count == 0 && reserved == 0 && waiting == null;
  }

  boolean isAwaited() {
    return waiting != null;
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

  /** Returns all waiting subscribers, and forgets them. */
  List<Waiting> takeWaiting() {
    List<Waiting> taken = new ArrayList<>();
    if (waiting != null) {
      waiting.forEach((subscription, callback) -> taken.add(new Waiting(subscription, callback)));
      waiting = null;
    }
    return taken;
  }

  /**
   * The bus routes the channel here: activates the subscription, or reserves it until it is ready.
   */
  void settle(Subscription subscription) {
    if (subscription.start == Subscription.Start.ROUTED) {
      add(subscription);
    } else {
      subscription.reserved = true;
      reserved++;
    }
  }

  /** The subscriber is ready; it gets neither the known publication, if any, nor earlier ones. */
  void activate(Subscription subscription, @Nullable Remembered known) {
    subscription.reserved = false;
    reserved--;
    if (known != null && known.order() > latest) {
      catchUp(subscription, known.order());
    }
    add(subscription);
  }

  private void catchUp(Subscription subscription, long upTo) {
    if (count == 0) {
      floor = upTo;
      latest = upTo;
      return;
    }
    catchingUp = catchingUp == null ? new HashMap<>(2) : catchingUp;
    catchingUp.put(subscription, upTo);
  }

  /**
   * Whether a delivery is new to any subscriber; asked once for each delivery. A remembered
   * publication that was overtaken by a later one isn't.
   */
  boolean isNews(Delivery delivery) {
    long order = delivery.order();
    if (order == Delivery.NO_ORDER) {
      return true;
    }
    if (order <= floor) {
      return false;
    }
    if (!delivery.isLast()) {
      return true;
    }
    boolean isNews = order > latest;
    latest = Math.max(latest, order);
    return isNews;
  }

  /** Whether a delivery may be old to a subscriber here. */
  boolean hasNewcomers() {
    return catchingUp != null;
  }

  /** Whether a delivery is old to a subscriber. */
  boolean isOld(Subscription subscription, Delivery delivery) {
    Long upTo = catchingUp == null ? null : catchingUp.get(subscription);
    if (upTo == null) {
      return false;
    }
    if (delivery.isLast() && delivery.order() >= upTo) {
      forgetCatchingUp(subscription);
    }
    return delivery.order() <= upTo;
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

  /** Removes a subscription, whether it is active, reserved or waiting. */
  @SuppressWarnings("NullAway") // The array's unused tail is null, and no code reads it.
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
