package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Timer;
import io.carillon.broker.Broker;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends bulk messages, which the receiving node's adapter answers: taken, or no room. The answer of
 * a node that stands still never comes, so the outcome is unknown after some seconds.
 */
final class BulkOutlet implements Outlet {

  /** A receiver's answer to a message for which it has room. */
  static final byte[] TAKEN = {'+'};

  /** A receiver's answer to a message that it drops. */
  static final byte[] FULL = {'-'};

  private static final PublishOutcome REFUSED =
      new PublishOutcome.Refused(Refusal.OVERLOADED, "too much waits for that node");
  private static final PublishOutcome UNANSWERED =
      new PublishOutcome.Unknown("the node did not answer");

  private final Line line;
  private final Timer timer;

  /** Set before the first message is written; read by the line's reader. */
  private volatile @Nullable Answers answers;

  /** The latest message. By the caller. */
  private long last;

  BulkOutlet(Line line, Timer timer) {
    this.line = line;
    this.timer = timer;
    line.answerTo(this::answered);
  }

  @Override
  public void answerTo(Answers newAnswers) {
    answers = newAnswers;
  }

  /** The client has a queue before its socket; the window limits what is in it. */
  @Override
  public boolean isForAllThreads() {
    return true;
  }

  @Override
  public void write(long number, String address, byte[] body) throws IOException {
    last = number;
    line.ask(number, address, body);
  }

  /** Messages that are still unanswered later give their places in the window up. */
  @Override
  public void flush() {
    long number = last;
    timer.after(Broker.CONTROL_TIMEOUT.toNanos(), () -> giveUp(number));
  }

  private void giveUp(long number) {
    Answers current = answers;
    if (current != null && !line.isLost()) {
      current.upTo(number, UNANSWERED);
    }
  }

  private void answered(Line.Answer answer) {
    Answers current = answers;
    if (current != null) {
      current.one(answer.number(), outcome(answer));
    }
  }

  private static PublishOutcome outcome(Line.Answer answer) {
    if (NatsOutlet.isGone(answer)) {
      return NatsOutlet.GONE;
    }
    byte[] body = answer.message().getData();
    return body.length == 1 && body[0] == TAKEN[0] ? PublishOutcome.ACCEPTED : REFUSED;
  }
}
