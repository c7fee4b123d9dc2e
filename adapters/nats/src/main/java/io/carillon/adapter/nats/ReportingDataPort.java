package io.carillon.adapter.nats;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The NATS client's socket, which also tells the connection's {@link LineEvents} why it can't be
 * read. While a connection is made, the client keeps such a failure to itself and waits until the
 * connection timeout; so a server that refuses a node's certificate would only seem slow.
 *
 * <p>Public, because the client makes it by its name.
 */
public final class ReportingDataPort extends SocketDataPortWithWriteTimeout {

  private @Nullable LineEvents events;

  @Override
  public void afterConstruct(Options options) {
    super.afterConstruct(options);
    if (options.getErrorListener() instanceof LineEvents listener) {
      events = listener;
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = super.read(into, offset, length);
      if (count < 0) {
        report(new EOFException());
      }
      return count;
    } catch (IOException e) {
      report(e);
      throw e;
    }
  }

  private void report(IOException failure) {
    LineEvents listener = events;
    if (listener != null) {
      listener.unreadable(failure);
    }
  }
}
