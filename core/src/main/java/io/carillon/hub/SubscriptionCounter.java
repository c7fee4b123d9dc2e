package io.carillon.hub;

import io.carillon.message.Channel;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener how many subscriptions channels have, once per channel and turn. Owned by a
 * shard's loop.
 */
final class SubscriptionCounter {

  private final Loop loop;
  private final ToIntFunction<Channel> subscriptions;

  /** Null if there is no listener. */
  private @Nullable SubscriptionListener listener;

  /** The channels whose number of subscriptions has changed in this turn. */
  private Set<Channel> changed = new HashSet<>();

  /**
   * @param subscriptions how many subscriptions a channel has now
   */
  SubscriptionCounter(Loop loop, ToIntFunction<Channel> subscriptions) {
    this.loop = loop;
    this.subscriptions = subscriptions;
  }

  void listen(SubscriptionListener somebody) {
    listener = somebody;
  }

  /** Whether the listener wants to hear about a channel. */
  boolean wants(Channel channel) {
    return listener != null && listener.wants(channel);
  }

  /** The number of subscriptions of a channel that the listener wants changes in this turn. */
  void onChange(Channel channel) {
    if (changed.isEmpty()) {
      loop.execute(this::tellChanged);
    }
    changed.add(channel);
  }

  private void tellChanged() {
    assert loop.inLoop();
    Set<Channel> all = changed;
    changed = new HashSet<>();
    for (Channel channel : all) {
      if (listener != null) {
        listener.onCount(channel, subscriptions.applyAsInt(channel));
      }
    }
  }
}
