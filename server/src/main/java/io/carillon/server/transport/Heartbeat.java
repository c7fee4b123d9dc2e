package io.carillon.server.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Pings the connections of one loop and ends the dead ones. Runs on that loop.
 *
 * <p>No connection has a timer of its own: connections lie in slices, each tick visits one slice,
 * and a round over all slices takes one heartbeat. So pings are spread over time, too.
 */
final class Heartbeat {

  private static final int SLICES = 25;

  private final NettyLoop loop;
  private final Duration tick;
  private final List<List<WebSocketConnection>> slices = new ArrayList<>(SLICES);
  private int next;

  Heartbeat(NettyLoop loop, Duration period) {
    this.loop = loop;
    this.tick = period.dividedBy(SLICES);
    for (int i = 0; i < SLICES; i++) {
      slices.add(new ArrayList<>());
    }
  }

  void start() {
    loop.schedule(this::tick, tick);
  }

  /** Adds a connection; its first visit is nearly a whole heartbeat away. */
  void add(WebSocketConnection connection) {
    int newest = (next + SLICES - 1) % SLICES;
    List<WebSocketConnection> slice = slices.get(newest);
    connection.heartbeatSlice = newest;
    connection.heartbeatIndex = slice.size();
    slice.add(connection);
  }

  void remove(WebSocketConnection connection) {
    List<WebSocketConnection> slice = slices.get(connection.heartbeatSlice);
    WebSocketConnection last = slice.removeLast();
    if (last != connection) {
      slice.set(connection.heartbeatIndex, last);
      last.heartbeatIndex = connection.heartbeatIndex;
    }
  }

  /** A copy of the connections of this loop. */
  List<WebSocketConnection> all() {
    return slices.stream().flatMap(List::stream).toList();
  }

  private void tick() {
    // Visits only write or close, and both take effect after this turn: no connection leaves
    // meanwhile.
    try {
      slices.get(next).forEach(WebSocketConnection::beat);
    } finally {
      next = (next + 1) % SLICES;
      loop.schedule(this::tick, tick);
    }
  }
}
