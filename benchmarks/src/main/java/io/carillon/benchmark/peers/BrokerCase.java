package io.carillon.benchmark.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * One case between two nodes: a number of messages at once to each channel of a layout, and the
 * next round when the subscribers on both nodes have received them.
 */
record BrokerCase(Layout layout, int batch) {

  static final int PAYLOAD = 128;

  static final Layout HOT = new Layout("hot", "One channel, a subscriber on each node", 2, 2, 1);
  static final Layout CHANNELS =
      new Layout("channels", "1,000 channels, a subscriber on each node", 2_000, 2_000, 1_000);
  static final Layout CROWD =
      new Layout("crowd", "One channel, 500 subscribers on each node", 1_000, 1_000, 1);

  /** The case's name in {@code CASES} and in the results. */
  String name() {
    return layout.name() + "-" + batch;
  }

  /** A column's head. */
  String head() {
    return "B=" + batch;
  }

  /** In the order in which they are run and shown. */
  static List<BrokerCase> all() {
    List<BrokerCase> all = new ArrayList<>();
    add(all, HOT, 1, 10);
    add(all, CHANNELS, 1, 10);
    add(all, CROWD, 10);
    return List.copyOf(all);
  }

  static BrokerCase of(Layout layout, int batch) {
    return new BrokerCase(layout, batch);
  }

  private static void add(List<BrokerCase> all, Layout layout, int... batches) {
    for (int batch : batches) {
      all.add(of(layout, batch));
    }
  }
}
