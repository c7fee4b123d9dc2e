package io.carillon.adapter.rabbitmq;

import io.carillon.message.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that have just connected and have asked this one. Each gets a fence of its own, once
 * for each of its questions: when a message of the newcomer has come through it, the newcomer's
 * server routes by everything that was bound here before, and the fence is removed.
 *
 * <p>On the thread of its {@link Confirmations}.
 */
final class Newcomers {

  /** A newcomer whose questions stop is forgotten after so long. */
  static final Duration MEMORY = Duration.ofSeconds(10);

  /**
   * For so long this node's server may not know the newcomer's queue yet, so that nothing follows
   * from its word that there is no such queue.
   */
  static final Duration FRESH = Duration.ofSeconds(1);

  /** Beyond this further newcomers are ignored, and ask again. */
  static final int MAX = 1_024;

  private final Fences fences;
  private final LongSupplier nanoClock;
  private final Map<Incarnation, Newcomer> newcomers = new HashMap<>();

  private static final class Newcomer {
    final BarrierMessage question;
    final String fence;
    final long firstHeard;
    long lastHeard;
    boolean hasGreeted;

    Newcomer(BarrierMessage question, String fence, long now) {
      this.question = question;
      this.fence = fence;
      this.firstHeard = now;
      this.lastHeard = now;
    }
  }

  /**
   * @param nanoClock monotonic, in nanoseconds
   */
  Newcomers(Fences fences, LongSupplier nanoClock) {
    this.fences = fences;
    this.nanoClock = nanoClock;
  }

  /** The answer to a newcomer. */
  sealed interface Answer {

    /** It has to come through this fence. */
    record Invited(String fence) implements Answer {}

    /** It has come through the fence for this question. */
    record Confirmed() implements Answer {}

    /** There are too many. */
    record Ignored() implements Answer {}
  }

  /** A newcomer asks, maybe not for the first time. */
  Answer asked(BarrierMessage question) throws IOException {
    long now = nanoClock.getAsLong();
    forgetOld(now);
    @Nullable Newcomer known = newcomers.get(question.node());
    if (known == null || !known.question.key().equals(question.key())) {
      if (known == null && newcomers.size() >= MAX) {
        return new Answer.Ignored();
      }
      Newcomer added = new Newcomer(question, fences.make(), now);
      newcomers.put(question.node(), added);
      if (known != null) {
        removeFence(known);
      }
      known = added;
    }
    known.lastHeard = now;
    return known.hasGreeted ? new Answer.Confirmed() : new Answer.Invited(known.fence);
  }

  /**
   * A newcomer has come through a fence.
   *
   * @return the question to answer; empty if it has asked another one since
   */
  Optional<BarrierMessage> greeted(Incarnation node, String fence) throws IOException {
    @Nullable Newcomer newcomer = newcomers.get(node);
    if (newcomer == null || !newcomer.fence.equals(fence)) {
      return Optional.empty();
    }
    removeFence(newcomer);
    newcomer.hasGreeted = true;
    return Optional.of(newcomer.question);
  }

  /** Whether this node's server may not know the queue of this node yet. */
  boolean isFresh(Incarnation node) {
    @Nullable Newcomer newcomer = newcomers.get(node);
    return newcomer != null && nanoClock.getAsLong() - newcomer.firstHeard < FRESH.toNanos();
  }

  private void forgetOld(long now) throws IOException {
    for (Iterator<Newcomer> all = newcomers.values().iterator(); all.hasNext(); ) {
      Newcomer newcomer = all.next();
      if (now - newcomer.lastHeard > MEMORY.toNanos()) {
        all.remove();
        removeFence(newcomer);
      }
    }
  }

  private void removeFence(Newcomer newcomer) throws IOException {
    if (!newcomer.hasGreeted) {
      fences.remove(newcomer.fence);
    }
  }
}
