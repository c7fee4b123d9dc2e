package io.carillon.protocol.pusher.api;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Collects the outcomes of several publications. Any thread. */
final class Tally implements PusherBackend.Outcomes {

  private final AtomicReferenceArray<@Nullable PublishOutcome> outcomes;
  private final AtomicInteger missing;
  private final CompletableFuture<Tally> complete = new CompletableFuture<>();

  Tally(int publications) {
    this.outcomes = new AtomicReferenceArray<>(publications);
    this.missing = new AtomicInteger(publications);
  }

  @Override
  public void onOutcome(int index, PublishOutcome outcome) {
    outcomes.set(index, outcome);
    if (missing.decrementAndGet() == 0) {
      complete.complete(this);
    }
  }

  /** Completes when all outcomes are known. */
  CompletionStage<Tally> complete() {
    return complete;
  }

  /** The publications with this outcome. */
  List<Integer> ended(Class<? extends PublishOutcome> kind) {
    List<Integer> which = new ArrayList<>();
    for (int i = 0; i < outcomes.length(); i++) {
      if (kind.isInstance(outcomes.get(i))) {
        which.add(i);
      }
    }
    return which;
  }

  /** The publications that were refused for this reason. */
  List<Integer> refused(Refusal why) {
    List<Integer> which = new ArrayList<>(ended(PublishOutcome.Refused.class));
    which.removeIf(
        i -> !(outcomes.get(i) instanceof PublishOutcome.Refused(Refusal kind, _) && kind == why));
    return which;
  }

  /** Whether all publications have this outcome. */
  boolean allEnded(Class<? extends PublishOutcome> kind) {
    for (int i = 0; i < outcomes.length(); i++) {
      if (!kind.isInstance(outcomes.get(i))) {
        return false;
      }
    }
    return true;
  }
}
