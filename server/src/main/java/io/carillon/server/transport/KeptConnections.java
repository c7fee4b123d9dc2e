package io.carillon.server.transport;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The HTTP connections of one event loop that are kept for a next request that has not begun. Only
 * that loop's thread uses it.
 *
 * <p>They are the first to go where the node has no place for a new connection: to close one
 * destroys nothing but the time of a new handshake.
 */
final class KeptConnections {

  /** The one that waits longest comes first. */
  private final Set<Channel> waiting = new LinkedHashSet<>();

  void add(Channel connection) {
    waiting.add(connection);
  }

  void remove(Channel connection) {
    waiting.remove(connection);
  }

  /** Makes room for one connection, where one waits. */
  void closeOldest() {
    waiting.stream().findFirst().ifPresent(this::close);
  }

  void closeAll() {
    List.copyOf(waiting).forEach(this::close);
  }

  private void close(Channel connection) {
    waiting.remove(connection);
    SocketEnd.cut(connection);
  }
}
