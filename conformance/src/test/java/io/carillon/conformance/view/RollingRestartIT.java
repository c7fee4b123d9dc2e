package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.machine.Patience;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** All three nodes are replaced one after the other, while users come and go. */
@Tag("any-broker")
@Isolated("load, and answers that have to be right in time")
@Tag("matrix")
class RollingRestartIT {

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int A_WHILE = 100;

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final BrokerPlace broker = BrokerKind.chosen().place();
  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
    broker.close();
  }

  @Test
  void theTallyIsRightAfterwards() {
    restartAll(30);
  }

  @Test
  void theTallyOfTwoHundredIsRightAfterwards() {
    restartAll(200);
  }

  private void restartAll(int users) {
    long seed = ThreadLocalRandom.current().nextLong();
    nodes.start(3, broker.uri());
    Churn churn = new Churn(nodes, guests, users, seed);
    for (int number = 1; number <= 3; number++) {
      awaitVisits(churn);
      nodes.restart(number, broker.uri());
    }
    awaitVisits(churn);
    churn.settleDown();

    long settled = System.nanoTime();
    Picture tally = Picture.of(guests.present());
    Duration asked = nodes.awaitAnswers(nodes.alive(), tally, settled, LIMIT);
    System.out.printf(
        "rolling restart, seed %d: %d visits, %d refusals, right over HTTP after %d ms%n",
        seed, churn.visits(), churn.refusals(), asked.toMillis());
    assertThat(guests.present()).hasSize(users);
    guests.awaitAllKnowEachOther();
    guests.requireNoContradiction();
  }

  private static void awaitVisits(Churn churn) {
    int wanted = churn.visits() + A_WHILE;
    await().atMost(Patience.LIMIT).until(() -> churn.visits() >= wanted);
  }
}
