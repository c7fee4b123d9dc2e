package io.carillon.view;

import io.carillon.hub.Hub;
import io.carillon.hub.Loop;
import io.carillon.membership.Heartbeat;
import io.carillon.membership.Heartbeat.SliceMark;
import io.carillon.membership.MembershipListener;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import io.carillon.message.PayloadReader;
import io.carillon.message.PayloadWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicated view: this node's slice, told to all others, and a replica of every other node's.
 *
 * <p>Changes of this node's slice go out as numbered deltas, those of one tick together, on the
 * control lane. A change after a quiet tick goes out within a tenth of a tick, so that a client
 * that reacts to it on another node finds it there. A node that misses a delta sees so from the
 * next number or from the next heartbeat, asks for the whole slice, and gets it in pieces on the
 * bulk lane. A node's heartbeat also carries the digest of its slice, so that replicas can't differ
 * for long, whatever the reason.
 *
 * <p>Owned by the cluster's loop; the methods of {@link ClusterView} post to it.
 */
final class View implements ClusterView, MembershipListener {

  private static final Logger log = LoggerFactory.getLogger(View.class);
  private static final String DELTA = "view.delta";
  private static final String ASK = "view.ask";

  /** A member that takes more than this is refused, because it must fit into one message. */
  private static final int MAX_MEMBER_BYTES = 32 << 10;

  /** A delta waits for this part of a tick at least. */
  private static final int LEAST_PARTS_OF_TICK = 10;

  private final Hub hub;
  private final Loop loop;
  private final ViewConfig config;
  private final LongSupplier nanoClock;
  private final OwnSlice own = new OwnSlice();
  private final Map<Incarnation, Replica> replicas = new HashMap<>();
  private final Map<Incarnation, SnapshotSender> senders = new HashMap<>();
  private final Map<Incarnation, Long> waitsSince = new HashMap<>();
  private final ViewCounters counters = new ViewCounters();
  private final InfoRequests infoRequests;
  private final InfoAnswers infoAnswers;

  private final OtherTallies others = new OtherTallies(replicas);

  /** The names of tallies that the loop will ask for; any thread adds. */
  private final Set<String> waitingTallies = ConcurrentHashMap.newKeySet();

  private ViewListener listener = (changes, since) -> {};
  private BiConsumer<Incarnation, List<CheckpointChange>> checkpoints = (node, changes) -> {};

  private final KeptCheckpoints kept = new KeptCheckpoints();
  private boolean isFlushing;

  /** The time of the last delta. */
  private long flushedNanos;

  private long requests;

  /** The size of this node's slice; written by the loop. */
  private volatile long ownBytes;

  View(Hub hub, Loop loop, ViewConfig config, LongSupplier nanoClock) {
    this.hub = hub;
    this.loop = loop;
    this.config = config;
    this.nanoClock = nanoClock;
    this.flushedNanos = nanoClock.getAsLong();
    this.infoRequests = new InfoRequests(hub, loop, config.tick(), nanoClock, replicas, counters);
    this.infoAnswers = new InfoAnswers(hub, loop, own, this::flush, counters);
    read(DELTA, this::onDelta);
    read(ASK, this::onAsk);
    read(Piece.TYPE, this::onPiece);
    read(InfoCodec.ASK, infoAnswers::onAsk);
    read(InfoCodec.ANSWER, this::onInfos);
  }

  private interface Reader {
    void read(Incarnation from, Payload payload) throws IOException;
  }

  private void read(String type, Reader reader) {
    hub.onControl(
        type,
        message -> {
          if (!hub.isOwn(message)) {
            loop.execute(() -> read(message, reader));
          }
        });
  }

  private void read(ControlMessage message, Reader reader) {
    assert loop.inLoop();
    try {
      reader.read(message.id().node(), message.payload());
    } catch (IOException malformed) {
      counters.unreadable.increment();
      log.debug("{} of {} can't be read", message.type(), message.id().node(), malformed);
    }
  }

  // This node's slice. ----------------------------------------------------------------------------

  @Override
  public void listen(ViewListener only) {
    listener = only;
  }

  @Override
  public void counted(Channel channel, int subscriptions) {
    change(() -> own.count(channel, subscriptions));
  }

  @Override
  public void joined(Channel channel, Member member, long order) {
    change(() -> own.put(channel, member, order));
  }

  @Override
  public void left(Channel channel, String memberId) {
    change(() -> own.remove(channel, memberId));
  }

  @Override
  public void tally(String name, IntSupplier count) {
    if (waitingTallies.add(name)) {
      change(
          () -> {
            waitingTallies.remove(name);
            own.tally(name, count.getAsInt());
          });
    }
  }

  @Override
  public Others others(String name) {
    return others.of(name);
  }

  @Override
  public boolean hasRoom(Member member) {
    int size = OwnSlice.sizeOf(member);
    return size <= MAX_MEMBER_BYTES && ownBytes + size <= config.maxSliceBytes();
  }

  /** Registers the listener for checkpoints of other nodes. Called once, before the start. */
  void listenToCheckpoints(BiConsumer<Incarnation, List<CheckpointChange>> only) {
    checkpoints = only;
  }

  /** See {@link Checkpoints#keep}. */
  CompletionStage<Void> keep(CheckpointChange change) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    change(
        () -> {
          own.checkpoint(change);
          kept.add(sent);
        });
    return sent.minimalCompletionStage();
  }

  private void change(Runnable change) {
    loop.execute(
        () -> {
          change.run();
          ownBytes = own.bytes();
          if (own.hasChanged() && !isFlushing) {
            isFlushing = true;
            loop.schedule(this::flushAfterTick, untilFlush());
          }
        });
  }

  /** Deltas are a tick apart; the first one waits for further changes of the same turn only. */
  private Duration untilFlush() {
    Duration sinceFlush = Duration.ofNanos(nanoClock.getAsLong() - flushedNanos);
    Duration rest = config.tick().minus(sinceFlush);
    Duration least = config.tick().dividedBy(LEAST_PARTS_OF_TICK);
    return rest.compareTo(least) > 0 ? rest : least;
  }

  private void flushAfterTick() {
    isFlushing = false;
    flush();
  }

  /** While the bus is away, changes wait for the first heartbeat after it has come back. */
  private void flush() {
    assert loop.inLoop();
    if (own.hasChanged() && hub.isBusUp()) {
      flushedNanos = nanoClock.getAsLong();
      List<CompletionStage<Void>> sent = new ArrayList<>();
      for (Payload delta : own.takeDeltas()) {
        counters.deltas.increment();
        counters.deltaBytes.add(delta.size());
        sent.add(hub.control(DELTA, delta));
      }
      kept.onSent(sent);
    }
  }

  @Override
  public SliceMark onBeat() {
    flush();
    return own.mark();
  }

  private void onAsk(Incarnation node, Payload payload) throws IOException {
    SnapshotSender before = senders.get(node);
    if (before != null) {
      before.cancel();
    }
    long request = new PayloadReader(payload).i64();
    SnapshotSender sender =
        new SnapshotSender(hub, loop, own, this::flush, () -> senders.remove(node), request, node);
    senders.put(node, sender);
    counters.snapshots.increment();
    sender.sendNext();
  }

  @Override
  public void follow(Channel channel) {
    loop.execute(() -> infoRequests.follow(channel));
  }

  @Override
  public void unfollow(Channel channel) {
    loop.execute(() -> infoRequests.unfollow(channel));
  }

  // The slices of others. -------------------------------------------------------------------------

  @Override
  public void onCame(Incarnation node) {
    replicas.put(node, new Replica(node));
    waitsSince.put(node, nanoClock.getAsLong());
  }

  @Override
  public void onHeartbeat(Incarnation node, Heartbeat heartbeat) {
    Replica replica = replicas.get(node);
    if (replica == null) {
      return;
    }
    if (!replica.compare(heartbeat.mark())) {
      counters.differences.increment();
      log.warn("What node {} holds was known wrongly here; it is asked again", node);
    }
    long now = nanoClock.getAsLong();
    if (!replica.isFed() && !replica.isFedSince(now - config.feedTimeout().toNanos())) {
      ask(node, replica, now);
    }
    infoRequests.onHeartbeat(node);
  }

  private void ask(Incarnation node, Replica replica, long now) {
    requests++;
    replica.onAsked(requests, now);
    counters.asked.increment();
    var _ = hub.control(ASK, new PayloadWriter().i64(requests).payload(), node);
  }

  @Override
  public void onGone(Incarnation node, long lastHeardNanos) {
    SnapshotSender sender = senders.remove(node);
    if (sender != null) {
      sender.cancel();
    }
    waitsSince.remove(node);
    infoAnswers.onGone(node);
    infoRequests.onGone(node);
    Replica replica = replicas.remove(node);
    if (replica != null) {
      others.add(replica.slice().tallies());
      tell(replica.slice().changesTo(new Slice(), node), lastHeardNanos);
    }
  }

  private void onDelta(Incarnation node, Payload payload) throws IOException {
    Replica replica = replicas.get(node);
    if (replica != null) {
      tell(replica.take(payload), nanoClock.getAsLong());
      others.add(replica.takeChangedTallies());
      tellCheckpoints(node, replica.takeCheckpoints());
    }
  }

  private void onPiece(Incarnation node, Payload payload) throws IOException {
    Replica replica = replicas.get(node);
    if (replica != null) {
      long now = nanoClock.getAsLong();
      tell(replica.take(Piece.decode(payload), now), now);
      others.add(replica.takeChangedTallies());
      tellCheckpoints(node, replica.takeCheckpoints());
    }
  }

  private void onInfos(Incarnation node, Payload payload) throws IOException {
    tell(infoRequests.take(node, payload), nanoClock.getAsLong());
  }

  @Override
  public void onDoubt(Set<Incarnation> nodes) {
    others.doubt(nodes);
  }

  private void tellCheckpoints(Incarnation node, List<CheckpointChange> changes) {
    if (!changes.isEmpty()) {
      checkpoints.accept(node, changes);
    }
  }

  private void tell(List<ViewChange> changes, long sinceNanos) {
    if (!changes.isEmpty()) {
      infoRequests.onChanges(changes);
      listener.onChanges(changes, sinceNanos);
    }
  }

  /** Whether every node that lives has told what it holds, or has had time enough to do so. */
  boolean isFed() {
    assert loop.inLoop();
    return replicas.entrySet().stream()
        .allMatch(
            entry -> entry.getValue().wasFed() || isGivenUp(entry.getKey(), entry.getValue()));
  }

  /** Whether a node's slice is known here as it is now, or is not waited for any more. */
  boolean isFed(Incarnation node) {
    assert loop.inLoop();
    Replica replica = replicas.get(node);
    return replica != null && (replica.isFed() || isGivenUp(node, replica));
  }

  /** Whether a node has had time enough to tell what it holds, and has not done so. */
  private boolean isGivenUp(Incarnation node, Replica replica) {
    long now = nanoClock.getAsLong();
    long waited = now - waitsSince.getOrDefault(node, now);
    return !replica.wasFed() && waited >= config.patience().toNanos();
  }

  /** How much this node holds. */
  SliceReport report() {
    assert loop.inLoop();
    return own.report();
  }

  /** How much another node holds, as far as it is known; a node that is not known holds nothing. */
  SliceReport report(Incarnation node) {
    assert loop.inLoop();
    Replica replica = replicas.get(node);
    return (replica == null ? new Replica(node) : replica).report();
  }

  /**
   * The size of the view, and what it has done so far.
   *
   * @param isReady whether the node has joined
   */
  ViewStats stats(boolean isReady) {
    assert loop.inLoop();
    long channels = own.slice().channels().size();
    long members = own.slice().members();
    long bytes = own.bytes();
    int incomplete = 0;
    for (Replica replica : replicas.values()) {
      channels += replica.slice().channels().size();
      members += replica.slice().members();
      bytes += replica.slice().bytes();
      incomplete += replica.isFed() ? 0 : 1;
    }
    return counters.stats(
        new ViewStats.Size(isReady, replicas.size(), incomplete, channels, members, bytes));
  }
}
