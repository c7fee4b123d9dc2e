package io.carillon.effects;

import io.carillon.effects.Effect.Change;
import io.carillon.effects.Effect.Counted;
import io.carillon.hub.Loop;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.presence.ChannelState;
import io.carillon.view.Checkpoint;
import io.carillon.view.CheckpointChange;
import io.carillon.view.CheckpointHead;
import io.carillon.view.Checkpoints;
import io.carillon.view.Placement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells the outside what happens to the channels whose home is one loop. Every node sees every
 * change; the node on which the channel is placed tells it, and keeps a checkpoint of what it has
 * told. When the placement moves to this node, it goes on from the newest checkpoint: it tells the
 * changes that it saw since the other node was last heard, and what else differs. Owned by the
 * loop.
 */
final class EffectTable {

  /** So many channels are looked at in one task of the loop, so that its clients need not wait. */
  private static final int CHANNELS_PER_TASK = 512;

  /** A node goes on from a node that is gone within this time, if it knows what that has told. */
  private static final Duration ORPHANS_WAIT = Duration.ofSeconds(2);

  /** A presence that is about to end has ended after this time, or it is back. */
  private static final Duration UNSETTLED = Duration.ofSeconds(2);

  /** Two nodes see one change within this time. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private final Loop loop;
  private final Checkpoints checkpoints;
  private final Function<Channel, ChannelState> states;
  private final Supplier<List<Channel>> known;
  private final Predicate<Channel> counted;
  private final LongSupplier nanoClock;
  private final Serials serials;
  private final EffectsConfig config;
  private final Waiting waiting;
  private final Delivery delivery;
  private final RecentChanges recent;
  private final Tombstones tombstones;
  private final Map<Channel, ChannelEffects> channels = new HashMap<>();
  private Placement placement = new Placement(-1, new Incarnation(0, 0), Set.of());
  private long placedSinceNanos;
  private int generation;

  /**
   * @param states what was told of a channel inside of the cluster
   * @param known the channels of which something is known
   * @param counted the channels whose numbers of subscriptions are told
   * @param nanoClock a monotonic clock, in nanoseconds
   * @param serials where the serials of reports begin
   */
  EffectTable(
      Loop loop,
      Checkpoints checkpoints,
      Function<Channel, ChannelState> states,
      Supplier<List<Channel>> known,
      Predicate<Channel> counted,
      EffectListener listener,
      EffectsConfig config,
      Waiting waiting,
      LongSupplier nanoClock,
      Serials serials) {
    this.loop = loop;
    this.checkpoints = checkpoints;
    this.states = states;
    this.known = known;
    this.counted = counted;
    this.nanoClock = nanoClock;
    this.serials = serials;
    this.config = config;
    this.waiting = waiting;
    this.delivery = new Delivery(loop, listener, config.retry());
    this.recent = new RecentChanges(config.recall(), config.maxBacklog(), this::dropIfUnused);
    this.tombstones = new Tombstones(config.memory(), config.maxBacklog(), this::dropCheckpoint);
  }

  /** A change has been told inside of the cluster, and is part of the channel's state. */
  void onChange(Channel channel, Change change) {
    assert loop.inLoop();
    if (change instanceof Counted && !counted.test(channel)) {
      return;
    }
    long now = nanoClock.getAsLong();
    tombstones.sweep(now);
    ChannelEffects effects = look(channel);
    Remembered seen = recent.add(effects, change, now);
    if (effects.isMine && !effects.isStale && mayTell()) {
      enqueue(effects, seen);
    }
    tellNext(effects);
  }

  private void enqueue(ChannelEffects effects, Remembered seen) {
    if (waiting.hasRoom()) {
      waiting.add(effects.pending.add(seen));
      return;
    }
    waiting.lose(effects.pending.size() + 1);
    waiting.add(-effects.pending.size());
    effects.pending.clear();
    effects.becomeStale(nanoClock.getAsLong());
  }

  /** The channel's effects, under the placement of now. */
  private ChannelEffects look(Channel channel) {
    ChannelEffects effects = channels.computeIfAbsent(channel, ChannelEffects::new);
    if (effects.generation != generation) {
      effects.generation = generation;
      boolean wasMine = effects.isMine && effects.lease == placement.lease();
      effects.isMine = placement.isMine(channel);
      effects.lease = placement.lease();
      if (!effects.isMine) {
        release(effects);
      } else if (!wasMine || effects.mineSinceNanos - placedSinceNanos > 0) {
        effects.becomeStale(effects.untoldSince(placedSinceNanos) - SLACK.toNanos());
      }
      effects.mineSinceNanos = wasMine ? effects.mineSinceNanos : nanoClock.getAsLong();
    }
    return effects;
  }

  private boolean mayTell() {
    return checkpoints.mayTell(placement);
  }

  /** Another node goes on; what is under way ends here. */
  private void release(ChannelEffects effects) {
    waiting.add(-effects.pending.size());
    effects.pending.clear();
    effects.isStale = false;
    dropIfCovered(effects);
  }

  private void dropIfCovered(ChannelEffects effects) {
    if (effects.isMine || effects.isDelivering || effects.claims.own() == null) {
      return;
    }
    if (!effects.claims.isKept()) {
      effects.claims.dropOwn();
    } else if (effects.claims.isCovered(placement.self())) {
      dropCheckpoint(effects);
    }
  }

  /** Tells what is next, unless something is under way. */
  private void tellNext(ChannelEffects effects) {
    if (effects.isMine && !effects.isDelivering && mayTell()) {
      if (effects.isStale) {
        findPending(effects);
      }
      if (!effects.pending.isEmpty()) {
        deliver(effects);
      }
    }
    dropIfUnused(effects);
  }

  /**
   * Finds what has to be told to lead from what was told to the state of now: first what waits
   * already, then what was seen since another node may have failed to tell it.
   */
  private void findPending(ChannelEffects effects) {
    effects.isStale = false;
    ChannelState state = states.apply(effects.channel);
    SortedMap<Long, Remembered> candidates = new TreeMap<>();
    effects.pending.all().forEach(waits -> candidates.put(waits.sequence(), waits));
    if (!effects.claims.isComplete()) {
      goOnFromOthers(effects);
    }
    for (Remembered seen : effects.recent) {
      if (seen.nanos() - effects.staleSinceNanos >= 0) {
        candidates.put(seen.sequence(), seen);
      }
    }
    waiting.add(-effects.pending.size());
    effects.pending.reset(told(effects));
    candidates.values().forEach(effects.pending::add);
    long now = nanoClock.getAsLong();
    for (Change change : effects.pending.changesTo(state, counted.test(effects.channel))) {
      effects.pending.add(recent.next(change, now));
    }
    waiting.add(effects.pending.size());
    keepIfAlone(effects);
    if (!state.isSettled()) {
      findPendingLater(effects);
    }
  }

  /** What was about to end may be back, and no change says so, because its end was never told. */
  private void findPendingLater(ChannelEffects effects) {
    if (!effects.isLookedAtLater) {
      effects.isLookedAtLater = true;
      loop.schedule(
          () -> {
            effects.isLookedAtLater = false;
            if (look(effects.channel).equals(effects) && effects.isMine) {
              effects.becomeStale(nanoClock.getAsLong());
            }
            tellNext(effects);
          },
          UNSETTLED);
    }
  }

  /**
   * What this node has told itself must not be lost with the next merge, so the others learn it.
   */
  private void goOnFromOthers(ChannelEffects effects) {
    boolean wasKept = effects.claims.isKept();
    effects.claims.merge(placement.self());
    if (wasKept) {
      Checkpoint own = told(effects);
      var _ = keep(effects, own, CheckpointChange.of(effects.channel, own));
    }
  }

  private static Checkpoint told(ChannelEffects effects) {
    Checkpoint own = effects.claims.own();
    return own == null ? new Checkpoint() : own;
  }

  /** What a node that is gone has told must be known to another node again. */
  private void keepIfAlone(ChannelEffects effects) {
    if (effects.isMine && effects.claims.isAlone()) {
      Checkpoint own = told(effects);
      var _ = keep(effects, own, CheckpointChange.of(effects.channel, own));
    }
  }

  /** Before the outside is told anything, other nodes know that it may be told. */
  private void deliver(ChannelEffects effects) {
    effects.isDelivering = true;
    Checkpoint base = told(effects);
    List<Remembered> taken = effects.pending.take(config.maxBatch());
    waiting.add(-taken.size());
    long last = effects.claims.serialBeforeNext(serials::after);
    List<Effect> report =
        taken.stream().map(it -> new Effect(effects.channel, last + 1, it.change())).toList();
    if (base.number() == 0) {
      base.setHead(CheckpointHead.begin(last));
    }
    CheckpointChange doubt = new Report(report).doubt(base);
    base.apply(doubt);
    keep(effects, base, doubt)
        .whenCompleteAsync((kept, never) -> deliver(effects, base, report, taken), loop);
  }

  private void deliver(
      ChannelEffects effects, Checkpoint base, List<Effect> report, List<Remembered> taken) {
    if (isMineToTell(effects)) {
      delivery.deliver(
          report,
          () -> isMineToTell(effects),
          () -> onAccepted(effects, base, report),
          () -> onGivenUp(effects, taken));
    } else {
      onGivenUp(effects, taken);
    }
  }

  private boolean isMineToTell(ChannelEffects effects) {
    return look(effects.channel).isMine && mayTell();
  }

  /** Tells the others about a change of this node's checkpoint, or all of it if they need it. */
  private CompletionStage<Void> keep(
      ChannelEffects effects, Checkpoint checkpoint, CheckpointChange change) {
    boolean isKnown = effects.claims.isKept();
    effects.claims.keep(checkpoint);
    return checkpoints.keep(isKnown ? change : CheckpointChange.of(effects.channel, checkpoint));
  }

  private void onAccepted(ChannelEffects effects, Checkpoint base, List<Effect> report) {
    effects.isDelivering = false;
    CheckpointChange change = new Report(report).accepted(base);
    base.apply(change);
    var _ = keep(effects, base, change);
    effects.pending.onAccepted(base);
    if (base.isEmpty()) {
      tombstones.add(effects, base.number(), nanoClock.getAsLong());
    }
    goOn(effects);
  }

  /** The listener did not take the changes in time, and now another node may tell them. */
  private void onGivenUp(ChannelEffects effects, List<Remembered> taken) {
    effects.isDelivering = false;
    if (effects.isMine) {
      effects.pending.putBack(taken);
      waiting.add(taken.size());
    }
    goOn(effects);
  }

  private void goOn(ChannelEffects effects) {
    look(effects.channel);
    dropIfCovered(effects);
    tellNext(effects);
  }

  // Other nodes. ----------------------------------------------------------------------------------

  /** Another node's checkpoint has changed. */
  void onCheckpoint(Incarnation node, CheckpointChange change) {
    assert loop.inLoop();
    ChannelEffects effects = look(change.channel());
    effects.claims.change(node, change);
    effects.noteDoubt(nanoClock.getAsLong());
    if (effects.isMine && !effects.claims.isComplete()) {
      effects.becomeStale(nanoClock.getAsLong());
    }
    dropIfCovered(effects);
    tellNext(effects);
  }

  /** A node is gone; its checkpoints stay valid. */
  void onGone(Incarnation node) {
    assert loop.inLoop();
    loop.schedule(this::saveOrphans, ORPHANS_WAIT);
    for (ChannelEffects effects : List.copyOf(channels.values())) {
      effects.claims.orphan(node);
      if (!effects.isDelivering) {
        keepIfAlone(effects);
      }
      dropIfUnused(effects);
    }
  }

  /**
   * The node that tells now has not gone on from what a node that is gone has told. It may not know
   * it, because it came later; so this node makes it known again.
   */
  private void saveOrphans() {
    for (ChannelEffects effects : List.copyOf(channels.values())) {
      if (effects.claims.hasOrphans() && !effects.isDelivering && !look(effects.channel).isMine) {
        effects.claims.merge(placement.self());
        Checkpoint own = told(effects);
        var _ = keep(effects, own, CheckpointChange.of(effects.channel, own));
      }
    }
  }

  /** The channels are placed like this from now on. */
  void onPlacement(Placement now, long sinceNanos) {
    assert loop.inLoop();
    placement = now;
    placedSinceNanos = sinceNanos;
    generation++;
    Set<Channel> all = new LinkedHashSet<>(channels.keySet());
    all.addAll(known.get());
    lookAt(List.copyOf(all), 0, generation);
  }

  private void lookAt(List<Channel> all, int from, int when) {
    if (when != generation) {
      return;
    }
    int to = Math.min(all.size(), from + CHANNELS_PER_TASK);
    all.subList(from, to).forEach(channel -> tellNext(look(channel)));
    if (to < all.size()) {
      loop.execute(() -> lookAt(all, to, when));
    }
  }

  private void dropCheckpoint(ChannelEffects effects) {
    effects.claims.dropOwn();
    var _ = checkpoints.keep(CheckpointChange.dropped(effects.channel));
    dropIfUnused(effects);
  }

  private void dropIfUnused(ChannelEffects effects) {
    if (effects.isUnused()) {
      channels.remove(effects.channel, effects);
    }
  }

  /** For tests: how many channels are remembered. */
  int size() {
    return channels.size();
  }
}
