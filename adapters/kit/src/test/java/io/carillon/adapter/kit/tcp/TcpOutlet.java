package io.carillon.adapter.kit.tcp;

import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.Outlet;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Publishes through one connection; the relay answers each message. */
final class TcpOutlet implements Outlet {

  private static final PublishOutcome GONE =
      new PublishOutcome.Refused(Refusal.NOT_CARRIED, "nobody has this address");
  private static final PublishOutcome FULL =
      new PublishOutcome.Refused(Refusal.OVERLOADED, "too much waits for that node");

  private final TcpConnection connection;

  /** Set before the first message is written; read by the connection's thread. */
  private volatile @Nullable Answers answers;

  TcpOutlet(TcpConnection connection) {
    this.connection = connection;
  }

  @Override
  public void answerTo(Answers newAnswers) {
    answers = newAnswers;
  }

  @Override
  public void write(long number, String address, byte[] body) throws IOException {
    Frame.Type type = Frame.isName(address) ? Frame.Type.DIRECT : Frame.Type.PUBLISH;
    connection.write(Frame.message(type, number, address, body));
  }

  @Override
  public void flush() throws IOException {
    connection.flush();
  }

  /** The relay has answered; the answers to this outlet's messages have positive numbers. */
  void answered(Frame frame) {
    Answers current = answers;
    if (frame.number() > 0 && current != null) {
      current.one(frame.number(), outcome(frame.type()));
    }
  }

  private static PublishOutcome outcome(Frame.Type answer) {
    return switch (answer) {
      case DONE -> PublishOutcome.ACCEPTED;
      case GONE -> GONE;
      case FULL -> FULL;
      default -> throw new IllegalArgumentException("no answer: " + answer);
    };
  }
}
