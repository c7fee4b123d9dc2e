package io.carillon.view;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Waits until the bus has the changes of this node's checkpoints. Owned by the cluster's loop. */
final class KeptCheckpoints {

  private final List<CompletableFuture<Void>> unsent = new ArrayList<>();

  /** A change will be part of the next deltas. */
  void add(CompletableFuture<Void> kept) {
    unsent.add(kept);
  }

  /**
   * The deltas of all changes so far are on their way. A delta that was refused is missing
   * elsewhere, and its change comes with a snapshot.
   */
  void onSent(List<? extends CompletionStage<?>> deltas) {
    if (unsent.isEmpty()) {
      return;
    }
    List<CompletableFuture<Void>> waiting = List.copyOf(unsent);
    unsent.clear();
    CompletableFuture<?>[] all =
        deltas.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    var _ =
        CompletableFuture.allOf(all)
            .whenComplete((done, refused) -> waiting.forEach(kept -> kept.complete(null)));
  }
}
