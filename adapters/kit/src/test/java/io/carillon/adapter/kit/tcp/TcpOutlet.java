package io.carillon.adapter.kit.tcp;

import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.Outlet;
import io.carillon.broker.PublishOutcome;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Publishes through one connection; the relay answers each message. */
final class TcpOutlet implements Outlet {

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
    connection.write(Frame.message(Frame.Type.PUBLISH, number, address, body));
  }

  @Override
  public void flush() throws IOException {
    connection.flush();
  }

  /** The relay has done what has this number; what this outlet writes has positive ones. */
  void done(long number) {
    Answers current = answers;
    if (number > 0 && current != null) {
      current.one(number, PublishOutcome.ACCEPTED);
    }
  }
}
