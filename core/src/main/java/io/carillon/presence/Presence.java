package io.carillon.presence;

import io.carillon.cluster.Cluster;
import io.carillon.hub.Hub;
import io.carillon.hub.HubShard;
import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who is where: the node's rosters. A channel's roster lives on the channel's home loop; crossing
 * to it is {@link #atHome}.
 */
public final class Presence implements Directory {

  private final Hub hub;
  private final Cluster cluster;
  private final List<HubShard> shards;
  private final List<RosterTable> tables = new ArrayList<>();
  private final IdentityHashMap<HubShard, ShardPresence> byShard = new IdentityHashMap<>();

  /**
   * @param counted whose subscribers want to know how many they are
   */
  public Presence(Hub hub, Cluster cluster, Predicate<Channel> counted) {
    this.hub = hub;
    this.cluster = cluster;
    this.shards = hub.shards();
    List<ShardPresence> all = new ArrayList<>();
    for (HubShard shard : shards) {
      ShardPresence here = new ShardPresence(this, shard, all.size());
      all.add(here);
      byShard.put(shard, here);
      tables.add(new RosterTable(shard.loop(), cluster, counted, all));
      shard.tell(here);
    }
  }

  /** A shard's door. */
  public ShardPresence on(HubShard shard) {
    ShardPresence here = byShard.get(shard);
    if (here == null) {
      throw new IllegalArgumentException("shard: of another hub");
    }
    return here;
  }

  /** Posts to the channel's home loop. */
  void atHome(Channel channel, Consumer<RosterTable> task) {
    int home = hub.home(channel);
    shards.get(home).loop().execute(() -> task.accept(tables.get(home)));
  }

  @Override
  public CompletionStage<Map<Channel, Occupancy>> occupied(String app, String prefix) {
    List<CompletableFuture<Map<Channel, Occupancy>>> parts = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      parts.add(ask(i, table -> table.occupied(app, prefix)));
    }
    return merged(parts).thenCompose(here -> withOthers(app, prefix, here));
  }

  /** Channels that only other nodes have. */
  private CompletionStage<Map<Channel, Occupancy>> withOthers(
      String app, String prefix, Map<Channel, Occupancy> here) {
    List<CompletableFuture<Map<Channel, Occupancy>>> parts = new ArrayList<>();
    parts.add(CompletableFuture.completedFuture(here));
    for (Channel channel : cluster.otherChannels(app)) {
      if (channel.name().startsWith(prefix) && !here.containsKey(channel)) {
        parts.add(ask(hub.home(channel), table -> Map.of(channel, table.occupancy(channel))));
      }
    }
    return parts.size() == 1 ? parts.getFirst() : merged(parts);
  }

  /** All of them in one, once the last is there. */
  private static CompletableFuture<Map<Channel, Occupancy>> merged(
      List<CompletableFuture<Map<Channel, Occupancy>>> parts) {
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              Map<Channel, Occupancy> all = new HashMap<>();
              parts.forEach(part -> all.putAll(part.join()));
              return all;
            });
  }

  @Override
  public CompletionStage<Occupancy> occupancy(Channel channel) {
    return ask(hub.home(channel), table -> table.occupancy(channel));
  }

  @Override
  public CompletionStage<List<String>> members(Channel channel) {
    return ask(hub.home(channel), table -> table.members(channel));
  }

  private <T> CompletableFuture<T> ask(int home, Function<RosterTable, T> question) {
    return CompletableFuture.supplyAsync(
        () -> question.apply(tables.get(home)), shards.get(home).loop());
  }
}
