package io.carillon.conformance.view;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Channels, members and counts, asked over HTTP on each node in turn: right within two seconds of
 * the last change, and within five of a node's end.
 */
@Tag("any-broker")
@Isolated("answers that have to be right in time")
class QuestionsIT {

  private static final Duration OF_A_CHANGE = Duration.ofSeconds(2);
  private static final Duration OF_A_CRASH = Duration.ofSeconds(5);

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final BrokerPlace broker = BrokerKind.chosen().place();
  private final Guests guests = new Guests();
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final Random random = new Random(seed);

  @AfterEach
  void close() {
    guests.close();
    broker.close();
  }

  @Test
  @Tag("matrix")
  void answersAreRightInTime() {
    ask(30);
  }

  @Test
  @Tag("matrix")
  void answersAreRightInTimeFiveHundredTimes() {
    ask(500);
  }

  private void ask(int rounds) {
    System.out.printf("questions, seed %d%n", seed);
    nodes.start(3, broker.uri());
    Duration slowest = Duration.ZERO;
    for (int round = 0; round < rounds; round++) {
      change(round);
      Duration taken = awaitAnswers(System.nanoTime(), OF_A_CHANGE);
      slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
    }
    List<Guest> lost = guests.joinAll(nodes.node(3), "presence-1", "lost-", 10);
    awaitAnswers(System.nanoTime(), OF_A_CHANGE);
    long killed = System.nanoTime();
    nodes.node(3).kill();
    await().atMost(Patience.LIMIT).until(() -> lost.stream().noneMatch(Guest::isThere));
    Duration crash = awaitAnswers(killed, OF_A_CRASH);
    System.out.printf(
        "right within %d ms of each of %d changes, within %d ms of a crash%n",
        slowest.toMillis(), rounds, crash.toMillis());
  }

  /** Some clients come and some go, each on any node. */
  private void change(int round) {
    for (int i = random.nextInt(5); i >= 0; i--) {
      Node node = nodes.node(1 + random.nextInt(3));
      String channel = "presence-" + random.nextInt(4);
      guests.join(node, channel, "user-" + round + "-" + i);
    }
    for (int i = random.nextInt(5); i > 0 && !guests.present().isEmpty(); i--) {
      List<Guest> present = guests.present();
      present.get(random.nextInt(present.size())).close();
    }
  }

  private Duration awaitAnswers(long sinceNanos, Duration limit) {
    return nodes.awaitAnswers(nodes.alive(), Picture.of(guests.present()), sinceNanos, limit);
  }
}
