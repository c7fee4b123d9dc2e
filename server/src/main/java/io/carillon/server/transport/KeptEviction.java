package io.carillon.server.transport;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * Makes room for a new connection if the listener is full: closes a connection that is kept for a
 * next request. The listener's limit is one for all of its loops, so a kept connection of any loop
 * will do. Owned by the listener; any of its loops calls it.
 *
 * <p>A kept connection of the own loop is closed at once, in time for the new connection. If the
 * own loop has none, the other loops are asked one after another, by their executors: the new
 * connection is refused meanwhile, and there is a place for the next one.
 */
final class KeptEviction {

  private final List<OfLoop> loops;
  private final ConnectionCounter sockets;

  /**
   * @param loop runs tasks on the loop's thread
   * @param kept the loop's own
   */
  record OfLoop(Executor loop, KeptConnections kept) {}

  /**
   * @param sockets the listener's connections
   */
  KeptEviction(List<OfLoop> loops, ConnectionCounter sockets) {
    this.loops = List.copyOf(loops);
    this.sockets = sockets;
  }

  /**
   * Closes one kept connection, now or soon, if there is one.
   *
   * @param own the calling thread's loop
   */
  void makeRoom(int own) {
    if (!loops.get(own).kept().closeOldest()) {
      ask(own + 1, loops.size() - 1);
    }
  }

  /**
   * @param left how many loops were not asked yet
   */
  private void ask(int next, int left) {
    if (left > 0) {
      OfLoop other = loops.get(next % loops.size());
      other.loop().execute(() -> onAsked(other, next, left));
    }
  }

  private void onAsked(OfLoop asked, int index, int left) {
    if (sockets.isFull() && !asked.kept().closeOldest()) {
      ask(index + 1, left - 1);
    }
  }
}
