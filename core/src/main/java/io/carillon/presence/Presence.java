package io.carillon.presence;

import static java.util.stream.Collectors.groupingBy;

import io.carillon.hub.Hub;
import io.carillon.hub.HubShard;
import io.carillon.message.Channel;
import io.carillon.view.ClusterView;
import io.carillon.view.ViewChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The node's rosters, and the events of its channels. A channel's roster lives on the channel's
 * home loop; work crosses to that loop by {@link #atHome}.
 *
 * <p>Listeners and interests are added while the node is built, before it starts. Any thread may
 * call everything else.
 */
public final class Presence implements Directory {

  private final Hub hub;
  private final List<HubShard> shards;
  private final Listeners listeners = new Listeners();
  private final List<RosterTable> tables = new ArrayList<>();
  private final IdentityHashMap<HubShard, ShardPresence> byShard = new IdentityHashMap<>();

  /** A page that is loaded anew leaves its channels, and is back within this time. */
  public static final Duration SETTLE = Duration.ofMillis(1_500);

  /** So many changes of other nodes are one task of a loop, so that its clients need not wait. */
  private static final int CHANGES_PER_TASK = 256;

  /**
   * @param hub not started yet
   * @param view the slices of other nodes
   * @param settle a member and a channel have to be gone for this long before anybody is told so;
   *     may be 0
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  public Presence(Hub hub, ClusterView view, Duration settle, LongSupplier nanoClock) {
    this.hub = hub;
    this.shards = hub.shards();
    List<ShardPresence> all = new ArrayList<>();
    for (HubShard shard : shards) {
      ShardPresence here = new ShardPresence(this, shard, all.size(), listeners);
      all.add(here);
      byShard.put(shard, here);
      EventStream events = new EventStream(listeners, all);
      tables.add(
          new RosterTable(shard.loop(), view, listeners, events, shards.size(), settle, nanoClock));
      shard.listen(here);
    }
    view.listen(this::onChanges);
  }

  /** Posts changes of other nodes to the home loops of their channels, in their order. */
  private void onChanges(List<ViewChange> changes, long sinceNanos) {
    Map<Integer, List<ViewChange>> byHome =
        changes.stream().collect(groupingBy(change -> hub.home(change.channel())));
    byHome.forEach(
        (home, all) -> {
          RosterTable table = tables.get(home);
          for (int from = 0; from < all.size(); from += CHANGES_PER_TASK) {
            List<ViewChange> some =
                all.subList(from, Math.min(all.size(), from + CHANGES_PER_TASK));
            shards
                .get(home)
                .loop()
                .execute(() -> some.forEach(change -> table.onChange(change, sinceNanos)));
          }
        });
  }

  /**
   * Adds a listener that receives all events of some apps' channels; see {@link ChannelListener}.
   * Their subscriptions are counted from now on.
   *
   * @param apps tests an app's id; any thread asks, and the answer never changes
   */
  public void listen(Predicate<String> apps, ChannelListener listener) {
    listeners.add(apps, listener);
  }

  /**
   * Counts the subscriptions of some apps' channels all the time, and shares the numbers with other
   * nodes. Channels of other apps cost nothing at a subscribe, and are counted when {@link
   * Directory} is asked about them.
   *
   * @param apps tests an app's id; any thread asks, and the answer never changes
   */
  public void count(Predicate<String> apps) {
    listeners.count(apps);
  }

  /**
   * Has each shard tell the numbers of subscriptions that were counted to its listeners, for the
   * channels that have subscriptions on it.
   */
  public void tellCounts(Predicate<Channel> channels) {
    listeners.tellCounts(channels);
  }

  /** What listeners were told of a channel so far. Called on the channel's home loop. */
  public ChannelState state(Channel channel) {
    return tables.get(hub.home(channel)).state(channel);
  }

  /**
   * The channels of some apps of which something is known, and whose home is one loop. Called on
   * that loop.
   *
   * @param home the number of the loop
   */
  public List<Channel> channels(int home, Predicate<String> apps) {
    return tables.get(home).channels(apps);
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
      parts.add(atTable(i, table -> table.occupancies(app, prefix)));
    }
    if (!listeners.isCounted(app)) {
      parts.addAll(uncounted(app, prefix));
    }
    return merged(parts);
  }

  /** The counts of this node's shards, which the rosters of such an app don't have. */
  private List<CompletableFuture<Map<Channel, Occupancy>>> uncounted(String app, String prefix) {
    Predicate<Channel> wanted =
        channel -> channel.app().equals(app) && channel.name().startsWith(prefix);
    return atShards(
        shard -> {
          Map<Channel, Occupancy> counts = new HashMap<>();
          shard
              .subscriptions(wanted)
              .forEach((channel, count) -> counts.put(channel, new Occupancy(count, 0)));
          return counts;
        });
  }

  /** The channels with subscriptions, when the last part is known. */
  private static CompletableFuture<Map<Channel, Occupancy>> merged(
      List<CompletableFuture<Map<Channel, Occupancy>>> parts) {
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              Map<Channel, Occupancy> all = new HashMap<>();
              for (CompletableFuture<Map<Channel, Occupancy>> part : parts) {
                part.join()
                    .forEach(
                        (channel, occupancy) -> all.merge(channel, occupancy, Occupancy::plus));
              }
              all.values().removeIf(occupancy -> !occupancy.isOccupied());
              return all;
            });
  }

  @Override
  public CompletionStage<Occupancy> occupancy(Channel channel) {
    CompletableFuture<Occupancy> sum =
        atTable(hub.home(channel), table -> table.occupancy(channel));
    if (!listeners.isCounted(channel.app())) {
      for (CompletableFuture<Occupancy> part :
          atShards(shard -> new Occupancy(shard.subscriptions(channel), 0))) {
        sum = sum.thenCombine(part, Occupancy::plus);
      }
    }
    return sum;
  }

  @Override
  public CompletionStage<List<String>> members(Channel channel) {
    return atTable(hub.home(channel), table -> table.members(channel));
  }

  /** For tests: how many channels have a roster. */
  int rosters() {
    return tables.stream().mapToInt(RosterTable::size).sum();
  }

  /** For tests: how many infos of other nodes' members this node has. */
  int infos() {
    return tables.stream().mapToInt(RosterTable::infos).sum();
  }

  private <T> CompletableFuture<T> atTable(int home, Function<RosterTable, T> question) {
    return CompletableFuture.supplyAsync(
        () -> question.apply(tables.get(home)), shards.get(home).loop());
  }

  private <T> List<CompletableFuture<T>> atShards(Function<HubShard, T> question) {
    List<CompletableFuture<T>> answers = new ArrayList<>();
    for (HubShard shard : shards) {
      answers.add(CompletableFuture.supplyAsync(() -> question.apply(shard), shard.loop()));
    }
    return answers;
  }
}
