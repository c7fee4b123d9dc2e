package io.carillon.hub;

import io.carillon.message.Channel;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which shards want which channel. For one channel only its home loop writes; any thread reads. */
final class InterestMap {

  private static final HubShard[] NOBODY = {};

  private final Map<Channel, HubShard[]> shards = new ConcurrentHashMap<>();

  /** The interested shards; the array is not to be written to. */
  HubShard[] shards(Channel channel) {
    return shards.getOrDefault(channel, NOBODY);
  }

  boolean isEmpty(Channel channel) {
    return !shards.containsKey(channel);
  }

  /** How many channels somebody here wants. */
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
