package io.carillon.effects;

import io.carillon.hub.Loop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands reports to the listener, again and again until it takes them. Owned by the loop. */
final class Delivery {

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final Loop loop;
  private final EffectListener listener;
  private final Duration retry;

  /**
   * @param retry the pause after a failure
   */
  Delivery(Loop loop, EffectListener listener, Duration retry) {
    this.loop = loop;
    this.listener = listener;
    this.retry = retry;
  }

  /**
   * @param mayRetry whether a report that has failed is still this node's to tell
   * @param accepted is run when the listener has taken the report
   * @param givenUp is run when the report is no longer this node's to tell
   */
  void deliver(List<Effect> report, BooleanSupplier mayRetry, Runnable accepted, Runnable givenUp) {
    assert loop.inLoop();
    call(report)
        .whenCompleteAsync(
            (taken, failure) -> {
              if (failure == null) {
                accepted.run();
                return;
              }
              log.debug("A report of channel {} failed", report.getFirst().channel(), failure);
              loop.schedule(
                  () -> {
                    if (mayRetry.getAsBoolean()) {
                      deliver(report, mayRetry, accepted, givenUp);
                    } else {
                      givenUp.run();
                    }
                  },
                  retry);
            },
            loop);
  }

  private CompletionStage<Void> call(List<Effect> report) {
    try {
      return listener.onEffects(report);
    } catch (RuntimeException e) {
      log.error("A listener failed with an unexpected exception on {}", report.getFirst(), e);
      return CompletableFuture.failedStage(e);
    }
  }
}
