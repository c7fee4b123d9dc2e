package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.BrokerUnansweredException;
import io.carillon.broker.NodeGoneException;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Incarnation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ControlStageTest {

  private static final PublishOutcome NOBODY =
      new PublishOutcome.Refused(Refusal.NOT_CARRIED, "nobody is there");

  private final ManualTimer timer = new ManualTimer();
  private final ControlStage toAll = new ControlStage(null, timer);
  private final ControlStage toOne = new ControlStage(new Incarnation(1, 2), timer);

  @Test
  void completesWhenTheBrokerHasTheMessage() {
    toAll.onOutcome(PublishOutcome.ACCEPTED);

    assertThat(toAll.stage()).isCompleted();
    timer.runNext();
    assertThat(toAll.stage()).isCompleted();
  }

  @Test
  void failsInTimeWhenNothingIsHeard() {
    assertThat(timer.runNext()).isEqualTo(Broker.CONTROL_TIMEOUT);

    assertThatThrownBy(toAll.stage()::join).hasCauseInstanceOf(BrokerUnansweredException.class);
    toAll.onOutcome(PublishOutcome.ACCEPTED);
    assertThat(toAll.stage()).as("told once").isCompletedExceptionally();
  }

  @Test
  void nobodyAtTheAddressOfANodeMeansThatItIsGone() {
    toOne.onOutcome(NOBODY);
    toAll.onOutcome(NOBODY);

    assertThatThrownBy(toOne.stage()::join).hasCauseInstanceOf(NodeGoneException.class);
    assertThatThrownBy(toAll.stage()::join).hasCauseInstanceOf(BrokerRefusedException.class);
  }

  @Test
  void aRefusalKeepsItsKind() {
    toOne.onOutcome(new PublishOutcome.Refused(Refusal.OVERLOADED, "too much waits"));

    assertThatThrownBy(toOne.stage()::join)
        .cause()
        .isInstanceOfSatisfying(
            BrokerRefusedException.class, e -> assertThat(e.kind()).isEqualTo(Refusal.OVERLOADED));
  }
}
