package io.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.NodeGoneException;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Incarnation;
import java.util.concurrent.CompletionStage;

/** Looks at how a broker says no; waits for it, if it has to. */
final class Refusals {

  private Refusals() {}

  static void assertRefused(Refusal kind, CompletionStage<Void> stage) {
    assertThatThrownBy(() -> BrokerNode.await(stage))
        .cause()
        .isInstanceOfSatisfying(
            BrokerRefusedException.class, refused -> assertThat(refused.kind()).isEqualTo(kind));
  }

  static void assertRefused(Refusal kind, PublishOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            PublishOutcome.Refused.class, refused -> assertThat(refused.kind()).isEqualTo(kind));
  }

  static void assertGone(Incarnation node, CompletionStage<Void> stage) {
    assertThatThrownBy(() -> BrokerNode.await(stage))
        .cause()
        .isInstanceOfSatisfying(
            NodeGoneException.class, gone -> assertThat(gone.node()).isEqualTo(node));
  }
}
