package io.carillon.presence;

import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.message.Incarnation;
import io.carillon.testkit.ManualBroker;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import io.carillon.testkit.OtherNodes;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A node with several loops and connections, whose other nodes the test plays. */
final class PresenceWorld {

  final ManualClock clock = new ManualClock();
  final ManualBroker broker = new ManualBroker();
  final OtherNodes others = new OtherNodes(clock);
  private final Duration settle;
  final ManualLoops loops;
  final Hub hub;
  final Presence presence;
  final Visitors visitors;

  PresenceWorld(int shards) {
    this(shards, Duration.ZERO);
  }

  /**
   * @param settle how long a member has to be gone before anybody is told
   */
  PresenceWorld(int shards, Duration settle) {
    this.settle = settle;
    loops = new ManualLoops(shards, clock);
    hub =
        new Hub(
            new Incarnation(1, 2),
            broker,
            loops.loops(),
            HubConfig.DEFAULTS,
            LastPublications.NONE,
            clock,
            clock);
    presence = new Presence(hub, others, settle, clock);
    visitors = new Visitors(hub, presence);
    var _ = hub.start();
  }

  Visitor visitor(int shard) {
    return visitors.open(shard);
  }

  /** The loops run, the broker says yes and the view reports until nothing is left to be told. */
  void settle() {
    run();
    clock.advance(settle);
    run();
  }

  /** The loops run, the broker says yes and the view reports until nothing moves. */
  void run() {
    boolean moves = true;
    while (moves) {
      loops.runAll();
      moves = broker.answerAll();
      moves |= others.reportAll();
    }
  }

  <T> T ask(CompletionStage<T> question) {
    loops.runAll();
    return question.toCompletableFuture().join();
  }
}
