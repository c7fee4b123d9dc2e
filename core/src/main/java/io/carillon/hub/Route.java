package io.carillon.hub;

import io.carillon.message.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One channel's state toward the broker. A channel that no shard wants has no route object; the
 * other states are
 *
 * <pre>
 *   (absent) ── first join ──▶ BINDING ──▶ BOUND ── linger over, nobody left ──▶ UNBINDING ──▶ (absent)
 *                                 │ failed              │                            │
 *                                 └──▶ (absent)         │       joined meanwhile ────┴──▶ BINDING
 *                                                       └── lost, still wanted ──▶ BINDING
 * </pre>
 *
 * <p>Each step toward the broker ends before the next begins, so that an unbind can never overtake
 * the bind for a client that has just come back. A join is answered only in BOUND: "subscribed"
 * means that the bus routes the channel here.
 *
 * <p><b>Lost.</b> The bus may stop routing a bound channel here, unasked. Its route goes back to
 * BINDING and is bound again at once. The shards that had it keep their place meanwhile: their
 * subscribers stay, a failed bind is repeated until it succeeds, and no new subscriber is
 * acknowledged before that.
 *
 * <p>The route decides when to bind and unbind. The adapter decides how: in which batches, and
 * again after an outage.
 *
 * <p>Pure state: it runs on the channel's home loop, and {@link RouteTable} carries out its
 * decisions.
 */
final class Route {

  enum State {
    BINDING,
    BOUND,
    UNBINDING
  }

  /** A shard that waits for its answer, and until when. */
  record Join(HubShard shard, long ticket, long deadlineNanos) {}

  /** A route that was bound before: since when it is not, and which shards keep their place. */
  private record Loss(Instant since, Set<HubShard> kept) {}

  private final Channel channel;
  private final List<Join> waiting = new ArrayList<>(1);
  private State state = State.BINDING;

  /** Null unless the bus has lost this route. */
  private @Nullable Loss loss;

  /** When the last shard left; valid only while no shard wants the channel. */
  private long abandonedAt;

  /** At most one timer of each kind is pending, however often clients come and go. */
  private boolean expiryPlanned;

  private boolean unbindPlanned;

  Route(Channel channel) {
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  State state() {
    return state;
  }

  void become(State next) {
    state = next;
  }

  /** A shard waits once: its later join replaces its earlier one. */
  void await(Join join) {
    cancel(join.shard);
    waiting.add(join);
  }

  /** The bus has lost this route, which these shards had. */
  void lose(Instant since, HubShard... shards) {
    state = State.BINDING;
    loss = new Loss(since, new HashSet<>(List.of(shards)));
  }

  /** Whether a shard keeps its place although the route is lost. */
  boolean keeps(HubShard shard) {
    return loss != null && loss.kept.contains(shard);
  }

  /** The shards that keep their place although the route is lost. */
  Set<HubShard> kept() {
    return loss == null ? Set.of() : Set.copyOf(loss.kept);
  }

  /** Since when the route is lost to shards that have kept their place; empty if it isn't. */
  Optional<Instant> lostSince() {
    return loss == null || loss.kept.isEmpty() ? Optional.empty() : Optional.of(loss.since);
  }

  /** The bus routes the channel here again. */
  void restore() {
    loss = null;
  }

  /** A shard has no use for the channel any more: forgets its wait and its place. */
  void leave(HubShard shard) {
    cancel(shard);
    if (loss != null) {
      loss.kept.remove(shard);
    }
  }

  boolean isAwaited() {
    return !waiting.isEmpty();
  }

  private void cancel(HubShard shard) {
    waiting.removeIf(join -> join.shard == shard);
  }

  /** Returns all waiting shards, and forgets them. */
  List<Join> takeWaiting() {
    List<Join> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  /** Returns the shards that have waited for too long, and forgets them. */
  List<Join> takeExpired(long nanoTime) {
    List<Join> expired =
        waiting.stream().filter(join -> nanoTime - join.deadlineNanos >= 0).toList();
    waiting.removeAll(expired);
    return expired;
  }

  /** The deadline of the shard that waits longest; only while a shard waits. */
  long firstDeadline() {
    return waiting.getFirst().deadlineNanos;
  }

  void abandon(long nanoTime) {
    abandonedAt = nanoTime;
  }

  long abandonedAt() {
    return abandonedAt;
  }

  /** Whether the caller has to set the timer that expires waits. */
  boolean planExpiry() {
    boolean first = !expiryPlanned;
    expiryPlanned = true;
    return first;
  }

  void expiryFired() {
    expiryPlanned = false;
  }

  /** Whether the caller has to set the timer that ends the linger. */
  boolean planUnbind() {
    boolean first = !unbindPlanned;
    unbindPlanned = true;
    return first;
  }

  void unbindFired() {
    unbindPlanned = false;
  }
}
