package io.carillon.adapter.kit;

import io.carillon.message.Incarnation;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One question of a {@link Barrier} to all nodes. Used with the barrier's lock held. */
final class BarrierRound {

  final long number;
  final Occasion occasion;
  final long beganNanos;

  /** The nodes that have not answered and that are waited for. */
  final Set<Incarnation> missing = new HashSet<>();

  /** Completed without the barrier's lock. */
  final CompletableFuture<Void> done = new CompletableFuture<>();

  BarrierRound(long number, Occasion occasion, long beganNanos) {
    this.number = number;
    this.occasion = occasion;
    this.beganNanos = beganNanos;
  }

  boolean isPatient(long nowNanos) {
    return nowNanos - beganNanos < occasion.patience().toNanos();
  }

  boolean doesAbsenceCount(long nowNanos) {
    return nowNanos - beganNanos >= occasion.absenceCountsAfter().toNanos();
  }
}
