package io.carillon.hub;

import io.carillon.message.Channel;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The shards that want each channel. For one channel only its home loop writes; any thread reads.
 */
final class InterestMap {

  private static final HubShard[] NOBODY = {};

  private final Map<Channel, HubShard[]> shards = new ConcurrentHashMap<>();
  private final Predicate<Channel> remembered;

  /** Of the channels with a memory, those that the bus certainly routes here. */
  private final Set<Channel> routed = ConcurrentHashMap.newKeySet();

  /**
   * @param remembered whether a channel's last publication is remembered
   */
  InterestMap(Predicate<Channel> remembered) {
    this.remembered = remembered;
  }

  /** The bus routes a channel here from now on, or no longer. */
  void setRouted(Channel channel, Route.State state) {
    if (!remembered.test(channel)) {
      return;
    }
    if (state == Route.State.BOUND) {
      routed.add(channel);
    } else {
      routed.remove(channel);
    }
  }

  /** Whether publications to a channel with a memory certainly come to this node. */
  boolean isRouted(Channel channel) {
    return routed.contains(channel);
  }

  /** The interested shards; the array is not to be written to. */
  HubShard[] shards(Channel channel) {
    return shards.getOrDefault(channel, NOBODY);
  }

  /**
   * Whether a shard wants the channel, or its last publication is remembered for later subscribers.
   */
  boolean wants(Channel channel) {
    return shards.containsKey(channel) || remembered.test(channel);
  }

  boolean isEmpty(Channel channel) {
    return !shards.containsKey(channel);
  }

  /** How many channels the shards want. */
  int size() {
    return shards.size();
  }

  void add(Channel channel, HubShard shard) {
    HubShard[] present = shards(channel);
    if (!Arrays.asList(present).contains(shard)) {
      HubShard[] more = Arrays.copyOf(present, present.length + 1);
      more[present.length] = shard;
      shards.put(channel, more);
    }
  }

  void remove(Channel channel, HubShard shard) {
    HubShard[] fewer =
        Arrays.stream(shards(channel)).filter(s -> s != shard).toArray(HubShard[]::new);
    if (fewer.length == 0) {
      shards.remove(channel);
    } else {
      shards.put(channel, fewer);
    }
  }
}
