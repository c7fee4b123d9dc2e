package io.carillon.presence;

import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels that are counted, and the listeners for their events. Filled before the node starts;
 * from then on any thread reads it.
 */
final class Listeners {

  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private record Entry(Predicate<String> apps, ChannelListener listener) {}

  private final List<Entry> entries = new ArrayList<>();
  private Predicate<String> counted = _ -> false;
  private Predicate<Channel> countsTold = _ -> false;

  void add(Predicate<String> apps, ChannelListener listener) {
    entries.add(new Entry(apps, listener));
    count(apps);
  }

  void count(Predicate<String> apps) {
    counted = counted.or(apps);
  }

  void tellCounts(Predicate<Channel> channels) {
    countsTold = countsTold.or(channels);
  }

  /** Whether the subscriptions of an app's channels are counted all the time. */
  boolean isCounted(String app) {
    return counted.test(app);
  }

  /** Whether shards tell the subscribers of a channel how many they are. */
  boolean areCountsTold(Channel channel) {
    return countsTold.test(channel);
  }

  /**
   * Whether a listener wants the events of an app's channels that have no subscriber on this node.
   */
  boolean hear(String app) {
    for (Entry entry : entries) {
      if (entry.apps.test(app)) {
        return true;
      }
    }
    return false;
  }

  /** Called on the channel's home loop. */
  void tell(ChannelEvent event) {
    for (Entry entry : entries) {
      if (entry.apps.test(event.channel().app())) {
        tell(entry.listener, event);
      }
    }
  }

  static void tell(ChannelListener listener, ChannelEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException e) {
      log.error("A listener failed with an unexpected exception on {}", event, e);
    }
  }
}
