package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** The outcomes of publications for the producer's failures. */
final class SendOutcomeTest {

  @Test
  void aRecordThatExpiresIsUnknown() {
    TimeoutException expired = new TimeoutException("Expiring 1 record(s)");

    assertThat(SendOutcome.answered(expired)).isInstanceOf(PublishOutcome.Unknown.class);
    assertThat(SendOutcome.isFatal(expired)).isFalse();
  }

  @Test
  void aRecordForWhichThereIsNoRoomIsRefused() {
    assertThat(SendOutcome.notTaken(new TimeoutException("no room")))
        .isInstanceOfSatisfying(
            PublishOutcome.Refused.class,
            refused -> assertThat(refused.kind()).isEqualTo(Refusal.OVERLOADED));
  }

  @Test
  void aRecordThatIsTooLargeHasARefusalOfItsOwn() {
    assertThat(SendOutcome.answered(new RecordTooLargeException("9 > 8")))
        .isEqualTo(new PublishOutcome.Refused(Refusal.TOO_LARGE, "9 > 8"));
    assertThat(SendOutcome.notTaken(new RecordTooLargeException("9 > 8")))
        .isEqualTo(new PublishOutcome.Refused(Refusal.TOO_LARGE, "9 > 8"));
    assertThat(SendOutcome.isFatal(new RecordTooLargeException("9 > 8"))).isFalse();
  }

  @Test
  void aMissingPermissionIsARefusalAndCostsTheLink() {
    TopicAuthorizationException forbidden = new TopicAuthorizationException("not yours");

    assertThat(SendOutcome.answered(forbidden)).isInstanceOf(PublishOutcome.Refused.class);
    assertThat(SendOutcome.isFatal(forbidden)).isTrue();
  }

  @Test
  void aProducerThatHasLostItsPlaceCostsTheLink() {
    OutOfOrderSequenceException lost = new OutOfOrderSequenceException("at 7");

    assertThat(SendOutcome.answered(lost)).isInstanceOf(PublishOutcome.Unknown.class);
    assertThat(SendOutcome.isFatal(lost)).isTrue();
    assertThat(SendOutcome.isFatal(new NotLeaderOrFollowerException("moved"))).isFalse();
  }
}
