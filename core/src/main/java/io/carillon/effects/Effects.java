package io.carillon.effects;

import static java.util.stream.Collectors.groupingBy;

import io.carillon.hub.Hub;
import io.carillon.hub.HubShard;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.presence.ChannelEvent;
import io.carillon.presence.Presence;
import io.carillon.view.CheckpointChange;
import io.carillon.view.CheckpointListener;
import io.carillon.view.Checkpoints;
import io.carillon.view.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Tells a listener what happens to channels in the cluster. Every node has one; each channel is
 * told by one of them.
 *
 * <ul>
 *   <li>At least once: every change that has lasted for the settle time. When the node that tells
 *       is gone, another one goes on. What comes again is equal to what was told before.
 *   <li>Exactly once, and in order for each channel, while the nodes are the same and hear each
 *       other.
 *   <li>When the listener takes nothing for long, the changes in between are lost, and counted; the
 *       state is told when it takes reports again.
 * </ul>
 *
 * <p>Made before the node starts.
 */
public final class Effects {

  private static final int CHANGES_PER_TASK = 256;

  private final Hub hub;
  private final List<EffectTable> tables = new ArrayList<>();
  private final Waiting waiting;

  /**
   * @param hub not started yet
   * @param apps tests the id of an app: whether its channels are told; any thread asks, and the
   *     answer never changes
   * @param counted tests a channel: whether its numbers of subscriptions are told
   * @param listener receives what this node tells
   * @param nanoClock a monotonic clock, in nanoseconds
   * @param millis the time in milliseconds since 1970; on all nodes about the same
   */
  public Effects(
      Hub hub,
      Presence presence,
      Checkpoints checkpoints,
      Predicate<String> apps,
      Predicate<Channel> counted,
      EffectListener listener,
      EffectsConfig config,
      LongSupplier nanoClock,
      LongSupplier millis) {
    this.hub = hub;
    this.waiting = new Waiting(config.maxBacklog());
    Serials serials = new Serials(hub.incarnation(), millis);
    for (HubShard shard : hub.shards()) {
      int home = tables.size();
      tables.add(
          new EffectTable(
              shard.loop(),
              checkpoints,
              presence::state,
              () -> presence.channels(home, apps),
              counted,
              listener,
              config,
              waiting,
              nanoClock,
              serials));
    }
    presence.listen(apps, this::onEvent);
    checkpoints.listen(new ToHomes());
  }

  private void onEvent(ChannelEvent event) {
    Channel channel = event.channel();
    tables.get(hub.home(channel)).onChange(channel, changeOf(event));
  }

  private static Effect.Change changeOf(ChannelEvent event) {
    return switch (event) {
      case ChannelEvent.Occupied _ -> new Effect.Occupied();
      case ChannelEvent.Vacated _ -> new Effect.Vacated();
      case ChannelEvent.Joined joined -> new Effect.Joined(joined.member().id());
      case ChannelEvent.Left left -> new Effect.Left(left.memberId());
      case ChannelEvent.Counted counted -> new Effect.Counted(counted.subscriptions());
    };
  }

  /** How many changes wait for the listener. Any thread. */
  public int waiting() {
    return waiting.count();
  }

  /** How many changes were lost, because too many waited. Any thread. */
  public long lost() {
    return waiting.lost();
  }

  /** For tests: how many channels are remembered. Not on a real loop. */
  int remembered() {
    return tables.stream().mapToInt(EffectTable::size).sum();
  }

  private void post(int home, Consumer<EffectTable> task) {
    EffectTable table = tables.get(home);
    hub.shards().get(home).loop().execute(() -> task.accept(table));
  }

  /** Posts what the cluster's loop hears to the home loops. */
  private final class ToHomes implements CheckpointListener {
    @Override
    public void onCheckpoints(Incarnation node, List<CheckpointChange> changes) {
      changes.stream()
          .collect(groupingBy(change -> hub.home(change.channel())))
          .forEach((home, all) -> postInParts(home, node, all));
    }

    private void postInParts(int home, Incarnation node, List<CheckpointChange> all) {
      for (int from = 0; from < all.size(); from += CHANGES_PER_TASK) {
        List<CheckpointChange> some =
            all.subList(from, Math.min(all.size(), from + CHANGES_PER_TASK));
        post(home, table -> some.forEach(change -> table.onCheckpoint(node, change)));
      }
    }

    @Override
    public void onGone(Incarnation node) {
      for (int home = 0; home < tables.size(); home++) {
        post(home, table -> table.onGone(node));
      }
    }

    @Override
    public void onPlacement(Placement placement, long sinceNanos) {
      for (int home = 0; home < tables.size(); home++) {
        post(home, table -> table.onPlacement(placement, sinceNanos));
      }
    }
  }
}
