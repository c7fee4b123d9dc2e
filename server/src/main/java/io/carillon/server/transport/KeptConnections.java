package io.carillon.server.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The HTTP connections of one event loop that are kept for a next request that has not begun. Only
 * that loop's thread uses it.
 *
 * <p>These connections are closed first if the node has no place for a new connection. No answer is
 * cut off: a connection whose last answer waits for its client is not closed before the system has
 * accepted that answer. A request can be lost: the client may have sent one that has not arrived
 * when the connection is closed.
 */
final class KeptConnections {

  /** The connection that has waited longest comes first. */
  private final Set<Channel> waiting = new LinkedHashSet<>();

  void add(Channel connection) {
    waiting.add(connection);
  }

  void remove(Channel connection) {
    waiting.remove(connection);
  }

  /**
   * Makes room for one connection: closes the one that has waited longest, of those without unsent
   * bytes.
   *
   * @return whether there was one
   */
  boolean closeOldest() {
    for (Channel connection : waiting) {
      if (!hasUnsent(connection)) {
        close(connection);
        return true;
      }
    }
    return false;
  }

  /**
   * Closes each connection after its last answer is sent, unless its next request has arrived by
   * then.
   */
  void closeAll() {
    for (Channel connection : List.copyOf(waiting)) {
      if (hasUnsent(connection)) {
        // Written after the answer, so it completes when the answer is sent.
        connection
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(_ -> closeIfWaiting(connection));
      } else {
        close(connection);
      }
    }
  }

  private static boolean hasUnsent(Channel connection) {
    ChannelOutboundBuffer unsent = connection.unsafe().outboundBuffer();
    return unsent != null && unsent.totalPendingWriteBytes() > 0;
  }

  private void closeIfWaiting(Channel connection) {
    if (waiting.contains(connection)) {
      close(connection);
    }
  }

  private void close(Channel connection) {
    waiting.remove(connection);
    SocketEnd.cut(connection);
  }
}
