package io.carillon.adapter.kit;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The probes that arrived at one of this node's places in the broker, and the conclusions from
 * them. Such a place, the target, is a queue or a subscription; messages come to it on one or more
 * paths.
 *
 * <p>A round of probes goes along every path; a last probe, the fence, goes straight to the target.
 * The target keeps the order in which they come. So a fence that arrives without the probe that was
 * sent before it has one of two reasons: the path no longer leads here, because an operator has
 * deleted a part of it; or the broker dropped the probe. A broker that drops messages reports it
 * within a second. So two rounds in a row that miss the probe of the same path, while nothing was
 * dropped, prove that the path no longer leads here. While the fence itself has not arrived, as in
 * a backlog or during an alarm, nothing is proved, and the node does nothing.
 *
 * <p>Owned by a {@link Prober}. One thread at a time receives probes, the prober's timer begins
 * rounds, and any thread may read.
 */
public final class Hearing {

  /** How many rounds in a row must miss a probe. */
  private static final int PROOF = 2;

  /** After this many intervals a round is given up: the broker may have dropped its fence. */
  private static final int PATIENCE = 5;

  private final String target;
  private final List<String> paths;
  private final LongSupplier drops;
  private final Consumer<String> deaf;

  /** The latest round of which each path's probe was heard. On the hearing thread. */
  private final Map<String, Long> heard = new HashMap<>();

  /** How many rounds in a row have missed each path's probe. On the hearing thread. */
  private final Map<String, Integer> missed = new HashMap<>();

  /** How much the broker had dropped when a round was last complete. On the hearing thread. */
  private long dropsSeen;

  /** The latest round that was begun. On the timer's thread. */
  private long begun;

  /** How many intervals have passed since that round began. On the timer's thread. */
  private int waited;

  /** The latest round whose fence was heard. Written by the hearing thread. */
  private volatile long fenced;

  /** When the latest complete round was sent. Written by the hearing thread. */
  private volatile Instant wholeAt;

  /**
   * @param target the name of the target in probes
   * @param paths the paths on which messages come to the target
   * @param drops how often the broker has reported dropped messages of this target
   * @param deaf receives the path that no longer leads here
   * @param now the time before which no publication was missed
   */
  public Hearing(
      String target, List<String> paths, LongSupplier drops, Consumer<String> deaf, Instant now) {
    this.target = target;
    this.paths = List.copyOf(paths);
    this.drops = drops;
    this.dropsSeen = drops.getAsLong();
    this.deaf = deaf;
    this.wholeAt = now;
  }

  public String target() {
    return target;
  }

  /** The paths to send a round's probes along, in this order; the fence comes last. */
  List<String> paths() {
    return paths;
  }

  /**
   * Whether the next round is to begin: the latest round is complete, or takes too long. Asked once
   * per interval, on the timer's thread.
   */
  boolean isDue() {
    waited++;
    return fenced == begun || waited >= PATIENCE;
  }

  /** The next round's probe. On the timer's thread. */
  Probe begin(Instant now) {
    waited = 0;
    return new Probe(target, ++begun, now);
  }

  /**
   * Everything that the broker accepted for this target before this time has arrived. Any thread.
   */
  Instant wholeAt() {
    return wholeAt;
  }

  /** A probe of this target has come along a path. On the hearing thread. */
  public void probe(String path, long round) {
    heard.merge(path, round, Math::max);
  }

  /**
   * A fence of this target has arrived. On the receiving thread.
   *
   * @param sentAt the time in its probe
   */
  public void fence(long round, Instant sentAt) {
    boolean complete = true;
    long dropsNow = drops.getAsLong();
    for (String path : paths) {
      if (heard.getOrDefault(path, 0L) >= round) {
        missed.remove(path);
        continue;
      }
      complete = false;
      if (dropsNow != dropsSeen) {
        missed.remove(path);
      } else if (missed.merge(path, 1, Integer::sum) >= PROOF) {
        deaf.accept(path);
      }
    }
    dropsSeen = dropsNow;
    if (complete) {
      wholeAt = sentAt;
    }
    fenced = Math.max(fenced, round);
  }
}
