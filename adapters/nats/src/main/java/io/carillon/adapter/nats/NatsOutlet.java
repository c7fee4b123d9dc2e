package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.Outlet;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Publishes by one line. An echo behind a batch proves that the server has the batch. A message for
 * one node is asked: where nobody is subscribed to its subject, the server says so before the echo
 * comes back.
 *
 * <p>The client has a queue before its socket, so writing never blocks. What is unconfirmed is
 * limited, so that a connection that takes nothing fills no memory.
 */
final class NatsOutlet implements Outlet {

  static final PublishOutcome GONE =
      new PublishOutcome.Refused(Refusal.NOT_CARRIED, "nobody is subscribed to the node's subject");

  private static final int NO_RESPONDERS = 503;

  /** Beyond this number of unconfirmed bytes no message is written. */
  private static final long ROOM = 16 << 20;

  /** The subject and the client's objects. */
  private static final int OVERHEAD = 512;

  private final Line line;
  private final Predicate<String> forOne;

  /** Unconfirmed bytes. The caller adds, the line's reader takes away. */
  private final AtomicLong unconfirmed = new AtomicLong();

  /** Set before the first message is written; read by the line's reader. */
  private volatile @Nullable Answers answers;

  /** The latest message. By the caller. */
  private long last;

  /** The bytes written since the latest echo was sent. By the caller. */
  private int written;

  /**
   * @param forOne whether messages of a subject are for one node
   */
  NatsOutlet(Line line, Predicate<String> forOne) {
    this.line = line;
    this.forOne = forOne;
    line.answerTo(this::answered);
  }

  /** Whether this answer is the server's, because nobody is subscribed. */
  static boolean isGone(Line.Answer answer) {
    return answer.message().isStatusMessage()
        && answer.message().getStatus().getCode() == NO_RESPONDERS;
  }

  @Override
  public void answerTo(Answers newAnswers) {
    answers = newAnswers;
  }

  /** The client has one queue before its socket. */
  @Override
  public boolean isForAllThreads() {
    return true;
  }

  @Override
  public boolean hasRoom() {
    return unconfirmed.get() < ROOM;
  }

  @Override
  public void write(long number, String address, byte[] body) throws IOException {
    int cost = OVERHEAD + body.length;
    unconfirmed.addAndGet(cost);
    last = number;
    written += cost;
    if (forOne.test(address)) {
      line.ask(number, address, body);
    } else {
      line.publish(address, body);
    }
  }

  @Override
  public void flush() throws IOException {
    long number = last;
    int bytes = written;
    written = 0;
    line.echo(
        () -> {
          unconfirmed.addAndGet(-bytes);
          Answers current = answers;
          if (current != null) {
            current.upTo(number, PublishOutcome.ACCEPTED);
          }
        });
  }

  private void answered(Line.Answer answer) {
    Answers current = answers;
    if (current != null && isGone(answer)) {
      current.one(answer.number(), GONE);
    }
  }
}
