package io.carillon.hub;

import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's subscriptions, found by their channel. Most clients have one or two, and a node
 * has many clients: a few subscriptions lie in an array of exactly their number, only more get a
 * map.
 */
final class Subscriptions {

  private static final int FEW = 8;
  private static final Subscription[] NONE = {};

  private Subscription[] few = NONE;

  /** All subscriptions, once they were more than a few. */
  private @Nullable Map<Channel, Subscription> many;

  int size() {
    return many == null ? few.length : many.size();
  }

  @Nullable Subscription get(Channel channel) {
    if (many != null) {
      return many.get(channel);
    }
    int index = indexOf(channel);
    return index < 0 ? null : few[index];
  }

  private int indexOf(Channel channel) {
    for (int i = 0; i < few.length; i++) {
      if (few[i].local.channel().equals(channel)) {
        return i;
      }
    }
    return -1;
  }

  /** Adds a subscription to a channel that has none here. */
  void add(Subscription subscription) {
    if (many == null && few.length < FEW) {
      few = Arrays.copyOf(few, few.length + 1);
      few[few.length - 1] = subscription;
      return;
    }
    if (many == null) {
      many = HashMap.newHashMap(2 * FEW);
      for (Subscription earlier : few) {
        many.put(earlier.local.channel(), earlier);
      }
      few = NONE;
    }
    many.put(subscription.local.channel(), subscription);
  }

  /** Removes and returns the subscription to this channel; null if there was none. */
  @Nullable Subscription remove(Channel channel) {
    if (many != null) {
      return many.remove(channel);
    }
    int index = indexOf(channel);
    if (index < 0) {
      return null;
    }
    Subscription removed = few[index];
    few[index] = few[few.length - 1];
    few = few.length == 1 ? NONE : Arrays.copyOf(few, few.length - 1);
    return removed;
  }

  void clear() {
    few = NONE;
    many = null;
  }

  /** A copy, in no order. */
  List<Subscription> all() {
    return new ArrayList<>(many == null ? Arrays.asList(few) : many.values());
  }
}
