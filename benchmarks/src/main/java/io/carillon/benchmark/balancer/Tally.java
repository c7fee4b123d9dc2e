package io.carillon.benchmark.balancer;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of a drill, which all of its clients and publishers share. For any thread. The
 * recorder reads them every 100 ms.
 */
final class Tally {

  /** The most nodes that a drill may have. */
  static final int NODES = 8;

  /** The clients of each node; index 0 is for clients of an unknown node. */
  private final AtomicIntegerArray connected = new AtomicIntegerArray(NODES + 1);

  final LongAdder connects = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder cut = new LongAdder();
  final LongAdder published = new LongAdder();
  final LongAdder heard = new LongAdder();

  /**
   * A handshake succeeded.
   *
   * @param node from 1; 0 if it is unknown
   */
  void connected(int node) {
    connected.incrementAndGet(node);
    connects.increment();
  }

  /** A client no longer has a connection to this node. */
  void disconnected(int node) {
    connected.decrementAndGet(node);
  }

  /** How many clients a node has. */
  int clientsOf(int node) {
    return connected.get(node);
  }

  /** How many clients are connected. */
  int clients() {
    int sum = 0;
    for (int node = 0; node <= NODES; node++) {
      sum += connected.get(node);
    }
    return sum;
  }
}
