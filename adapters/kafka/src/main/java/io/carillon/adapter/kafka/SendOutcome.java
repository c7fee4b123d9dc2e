package io.carillon.adapter.kafka;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Whether a record was written, as a failure of the producer tells. */
final class SendOutcome {

  private SendOutcome() {}

  /** The client has not taken the record, so it is certainly not sent. */
  static PublishOutcome notTaken(Exception failure) {
    if (isTooLarge(failure)) {
      return tooLarge(failure);
    }
    return failure instanceof TimeoutException
        ? new PublishOutcome.Refused(
            Refusal.OVERLOADED, "Kafka takes no more for now: " + failure.getMessage())
        : new PublishOutcome.Refused(Refusal.UNAVAILABLE, Failures.reason(failure));
  }

  /**
   * The answer to a record that the client has taken. A record that has expired may have been
   * written: its outcome is unknown.
   *
   * @param failure null if the brokers have written the record
   */
  static PublishOutcome answered(@Nullable Exception failure) {
    if (failure == null) {
      return PublishOutcome.ACCEPTED;
    }
    if (isTooLarge(failure)) {
      return tooLarge(failure);
    }
    return isRefusal(failure)
        ? new PublishOutcome.Refused(Refusal.UNAVAILABLE, Failures.reason(failure))
        : new PublishOutcome.Unknown(Failures.reason(failure));
  }

  /** Whether the producer can't be used any more, or the user may not use it. */
  static boolean isFatal(Exception failure) {
    return !(failure instanceof RetriableException)
        && !isTooLarge(failure)
        && !(failure instanceof InvalidTimestampException)
        && !(failure instanceof PolicyViolationException);
  }

  private static boolean isTooLarge(Exception failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof RecordBatchTooLargeException;
  }

  private static PublishOutcome tooLarge(Exception failure) {
    return new PublishOutcome.Refused(Refusal.TOO_LARGE, String.valueOf(failure.getMessage()));
  }

  /** A broker has answered that it has not written the record. */
  private static boolean isRefusal(Exception failure) {
    return failure instanceof AuthorizationException
        || failure instanceof InvalidTimestampException
        || failure instanceof PolicyViolationException;
  }
}
