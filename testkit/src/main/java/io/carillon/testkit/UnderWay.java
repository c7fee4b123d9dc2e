package io.carillon.testkit;

import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.BrokerUnansweredException;
import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a {@link BreakableBroker} was asked for and has not answered. Each is answered once, by the
 * bus or because the bus was lost. Safe for use by many threads.
 */
final class UnderWay {

  private final Set<Runnable> unanswered = ConcurrentHashMap.newKeySet();

  /** A callback that may be called by the bus; when the bus is lost before, nobody knows. */
  PublishCallback publish(PublishCallback callback) {
    AtomicBoolean answered = new AtomicBoolean();
    PublishCallback once =
        outcome -> {
          if (answered.compareAndSet(false, true)) {
            callback.onOutcome(outcome);
          }
        };
    Runnable lost = () -> once.onOutcome(new PublishOutcome.Unknown("the bus was lost"));
    unanswered.add(lost);
    return outcome -> {
      unanswered.remove(lost);
      once.onOutcome(outcome);
    };
  }

  /** A subscribe; when the bus is lost before it is answered, it fails. */
  CompletableFuture<Void> subscribe() {
    return stage(new BrokerRefusedException(Refusal.UNAVAILABLE, "the bus was lost"));
  }

  /** A control message; when the bus is lost before it is answered, nobody knows. */
  CompletableFuture<Void> control() {
    return stage(new BrokerUnansweredException("the bus was lost"));
  }

  private CompletableFuture<Void> stage(RuntimeException failure) {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    Runnable lost = () -> stage.completeExceptionally(failure);
    unanswered.add(lost);
    var _ = stage.whenComplete((done, failed) -> unanswered.remove(lost));
    return stage;
  }

  /** The bus is lost: answers everything. */
  void lose() {
    List<Runnable> all = List.copyOf(unanswered);
    unanswered.removeAll(all);
    all.forEach(Runnable::run);
  }
}
