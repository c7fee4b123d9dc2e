package io.carillon.benchmark.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * One case over the Pusher protocol.
 *
 * @param atOnce how many messages are under way: messages of one client in a round, or one message
 *     on each of this many HTTP connections
 */
record PusherCase(Layout layout, Way way, int atOnce) {

  /** How messages are published. */
  enum Way {
    CLIENT_EVENTS,
    HTTP
  }

  /** As in {@link Case}; events for browsers are short. */
  static final int PAYLOAD = 128;

  static final Layout EVENTS =
      new Layout("events", "Client events heard by 1,000 subscribers", 1_000, 1_000, 1);
  static final Layout MANY =
      new Layout("many", "Client events heard by 10,000 subscribers", 10_000, 10_000, 1);
  static final Layout HEARD =
      new Layout("heard", "HTTP publishes heard by 1,000 subscribers", 1_000, 1_000, 1);
  static final Layout API = new Layout("api", "HTTP publishes that nobody hears", 0, 0, 0);

  /** The case's name in {@code CASES} and in the results. */
  String name() {
    return layout.name() + "-" + atOnce;
  }

  /** A column's head. */
  String head() {
    return switch (way) {
      case CLIENT_EVENTS -> "B=" + atOnce;
      case HTTP -> atOnce == 1 ? "1 connection" : atOnce + " connections";
    };
  }

  /** The unit that is counted. */
  String unit() {
    return layout.listening() == 0 ? "publishes" : "deliveries";
  }

  /** In the order in which they are run and shown. */
  static List<PusherCase> all() {
    List<PusherCase> all = new ArrayList<>();
    add(all, EVENTS, Way.CLIENT_EVENTS, 1, 10);
    add(all, MANY, Way.CLIENT_EVENTS, 1, 10);
    add(all, HEARD, Way.HTTP, 1, 16);
    add(all, API, Way.HTTP, 1, 16);
    return List.copyOf(all);
  }

  private static void add(List<PusherCase> all, Layout layout, Way way, int... atOnce) {
    for (int messages : atOnce) {
      all.add(new PusherCase(layout, way, messages));
    }
  }
}
