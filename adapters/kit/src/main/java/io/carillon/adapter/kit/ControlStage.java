package io.carillon.adapter.kit;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.BrokerUnansweredException;
import io.carillon.broker.NodeGoneException;
import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Incarnation;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one control or bulk message, as {@link Broker} promises it: known within {@link
 * Broker#CONTROL_TIMEOUT}, whatever else waits.
 */
final class ControlStage implements PublishCallback {

  private final @Nullable Incarnation to;
  private final CompletableFuture<Void> stage = new CompletableFuture<>();

  /**
   * @param to the node that it is for; null for all
   */
  ControlStage(@Nullable Incarnation to, Timer timer) {
    this.to = to;
    timer.after(Broker.CONTROL_TIMEOUT.toNanos(), this::timeIsUp);
  }

  CompletableFuture<Void> stage() {
    return stage;
  }

  @Override
  public void onOutcome(PublishOutcome outcome) {
    switch (outcome) {
      case PublishOutcome.Accepted _ -> stage.complete(null);
      case PublishOutcome.Refused refused -> stage.completeExceptionally(failure(refused));
      case PublishOutcome.Unknown unknown ->
          stage.completeExceptionally(new BrokerUnansweredException(unknown.reason()));
    }
  }

  private RuntimeException failure(PublishOutcome.Refused refused) {
    return to != null && refused.kind() == Refusal.NOT_CARRIED
        ? new NodeGoneException(to)
        : new BrokerRefusedException(refused.kind(), refused.reason());
  }

  private void timeIsUp() {
    if (!stage.isDone()) {
      stage.completeExceptionally(new BrokerUnansweredException("no answer in time"));
    }
  }
}
