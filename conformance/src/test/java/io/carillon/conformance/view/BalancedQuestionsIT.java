package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.proxy.Balancer;
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
 * Clients come, and questions are asked, through a balancer that gives each to the next of three
 * nodes: the answers are right within two seconds of the last change, and within five of a node's
 * end. The balancer takes the dead node out by its health checks; until then it gives a question
 * that meets the dead node to the next one.
 */
@Tag("any-broker")
@Isolated("answers that have to be right in time")
@Tag("matrix")
class BalancedQuestionsIT {

  private static final int NODES = 3;
  private static final int CHANNELS = 4;
  private static final Duration PACE = Duration.ofMillis(50);
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
  void answersAreRightInTime() {
    ask(30);
  }

  @Test
  void answersAreRightInTimeFiveHundredTimes() {
    ask(500);
  }

  private void ask(int rounds) {
    System.out.printf("questions behind a balancer, seed %d%n", seed);
    nodes.start(NODES, broker.uri());
    try (Balancer balancer = Balancer.start(nodes.alive())) {
      Duration slowest = Duration.ZERO;
      for (int round = 0; round < rounds; round++) {
        change(balancer, round);
        Duration taken = awaitAnswers(balancer, System.nanoTime());
        assertThat(taken).isLessThan(OF_A_CHANGE);
        slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
      }
      assertThat(balancer.sessions()).hasSize(NODES).allMatch(sessions -> sessions >= rounds);

      List<Guest> lost = guests.joinAll(nodes.node(3), "presence-1", "lost-", 10);
      awaitAnswers(balancer, System.nanoTime());
      long killed = System.nanoTime();
      nodes.node(3).kill();
      await().atMost(Patience.LIMIT).until(() -> lost.stream().noneMatch(Guest::isThere));
      Duration crash = awaitAnswers(balancer, killed);
      assertThat(crash).isLessThan(OF_A_CRASH);
      System.out.printf(
          "behind a balancer right within %d ms of each of %d changes, within %d ms of a crash%n",
          slowest.toMillis(), rounds, crash.toMillis());
    }
  }

  /** Some clients come and some go. */
  private void change(Balancer balancer, int round) {
    for (int i = random.nextInt(5); i >= 0; i--) {
      String channel = "presence-" + random.nextInt(CHANNELS);
      guests.join(balancer.url(), channel, "user-" + round + "-" + i);
    }
    for (int i = random.nextInt(5); i > 0 && !guests.present().isEmpty(); i--) {
      List<Guest> present = guests.present();
      present.get(random.nextInt(present.size())).close();
    }
  }

  /** Asks each question of all nodes in turn, until all answers are the clients' own tally. */
  private Duration awaitAnswers(Balancer balancer, long sinceNanos) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(PACE)
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(Picture.askedOf(balancer.url(), NODES))
                    .containsOnly(Picture.of(guests.present())));
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }
}
