package io.carillon.hub;

import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.List;

/**
 * One channel's state toward the broker. A channel that nobody wants has no route object; the rest
 * of its life is
 *
 * <pre>
 *   (absent) ── first join ──▶ BINDING ──▶ BOUND ── linger over, nobody left ──▶ UNBINDING ──▶ (absent)
 *                                 │ failed                                           │
 *                                 └──▶ (absent)                 joined meanwhile ────┴──▶ BINDING
 * </pre>
 *
 * <p>Each step toward the broker ends before the next begins, so that an unbind can never overtake
 * the bind of a client who has just come back. A join is answered only in BOUND: "subscribed" means
 * that the bus routes the channel here.
 *
 * <p>When to bind and unbind is decided here; how (in which batches, and again after an outage) is
 * the adapter's business.
 *
 * <p>Pure state: it runs on the channel's home loop, and what it decides is carried out by {@link
 * RouteTable}.
 */
final class Route {

  enum State {
    BINDING,
    BOUND,
    UNBINDING
  }

  /** A shard that waits for its answer, and until when. */
  record Join(HubShard shard, long ticket, long deadlineNanos) {}

  private final Channel channel;
  private final List<Join> waiting = new ArrayList<>(1);
  private State state = State.BINDING;

  /** When the last shard left; means something only while nobody is there. */
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

  void await(Join join) {
    waiting.add(join);
  }

  boolean isAwaited() {
    return !waiting.isEmpty();
  }

  /** Forgets a shard's wait, if it has one. */
  void cancel(HubShard shard) {
    waiting.removeIf(join -> join.shard == shard);
  }

  /** All who wait, and forgets them. */
  List<Join> takeWaiting() {
    List<Join> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  /** Those who have waited for too long, and forgets them. */
  List<Join> takeExpired(long nanoTime) {
    List<Join> expired =
        waiting.stream().filter(join -> nanoTime - join.deadlineNanos >= 0).toList();
    waiting.removeAll(expired);
    return expired;
  }

  /** When the first of those who wait has waited for too long; only while somebody waits. */
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
