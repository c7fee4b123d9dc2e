package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Pages are loaded anew: their clients leave, and are back at once, on another node. */
@Tag("any-broker")
@Isolated("clients that have to be back in time")
class ReloadIT {

  private static final String CHANNEL = "presence-page";
  private static final int PEOPLE = 20;
  private static final int RELOADS_OF_EACH = 50;

  /** A member that was away for 1.5 s is reported gone. */
  private static final Duration AWAY = Duration.ofSeconds(1);

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final BrokerPlace broker = BrokerKind.chosen().place();
  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
    broker.close();
  }

  @Test
  void aThousandReloadsAreNoEvents() throws Exception {
    nodes.start(3, broker.uri());
    List<Guest> watchers = new ArrayList<>();
    for (Node node : nodes.alive()) {
      watchers.add(guests.join(node, CHANNEL, "watcher-" + node.pid()));
    }
    List<Guest> people = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      people.add(guests.join(nodes.node(1 + person % 3), CHANNEL, "person-" + person));
    }
    guests.awaitAllKnowEachOther();

    Hearing hearing = new Hearing(watchers);
    Duration longest = Duration.ZERO;
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Duration>> reloading =
          people.stream().map(guest -> each.submit(() -> reload(guest))).toList();
      for (Future<Duration> one : reloading) {
        longest = longest.compareTo(one.get()) > 0 ? longest : one.get();
      }
    }
    assertThat(longest).as("away for").isLessThan(AWAY);
    guests.mark(nodes.node(1));
    hearing.requireSilence();
    guests.requireNoContradiction();
    nodes.requireAnswers(nodes.alive(), Picture.of(guests.present()));
    assertThat(guests.present()).hasSize(PEOPLE + watchers.size());
    System.out.printf(
        "%d reloads, the longest of %d ms%n", PEOPLE * RELOADS_OF_EACH, longest.toMillis());
  }

  /** Reloads on one node after the other; returns the longest time away. */
  private Duration reload(Guest first) {
    Guest guest = first;
    long longest = 0;
    for (int i = 0; i < RELOADS_OF_EACH; i++) {
      long left = System.nanoTime();
      guest.close();
      guest = guests.join(nodes.node(1 + i % 3), CHANNEL, first.user());
      longest = Math.max(longest, System.nanoTime() - left);
    }
    return Duration.ofNanos(longest);
  }
}
