package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.broker.BrokerPlace;
import io.carillon.conformance.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** The clients of three nodes join one channel at the same moment. */
@Tag("any-broker")
@Isolated("load, and answers that have to be right in time")
class JoinStormIT {

  private static final String DELTAS = "carillon_cluster_deltas_total";
  private static final String ASKED = "carillon_cluster_snapshots_asked_total";
  private static final String LAG = "carillon_event_loop_lag_seconds";

  /** A node tells its changes once in 50 ms, with a heartbeat, and when a message is full. */
  private static final int DELTAS_PER_SECOND = 25;

  private static final double MOST_LAG_SECONDS = 5;

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final BrokerPlace broker = BrokerKind.chosen().place();
  private final Guests guests = new Guests();

  @AfterEach
  void close() {
    guests.close();
    broker.close();
  }

  @Test
  void threeHundredMembersKnowEachOther() {
    storm(300, Duration.ofSeconds(10));
  }

  @Test
  @Tag("matrix")
  void aThousandMembersKnowEachOther() {
    storm(1_000, Duration.ofSeconds(30));
  }

  private void storm(int members, Duration limit) {
    nodes.start(3, broker.uri());
    List<Metrics> metrics = nodes.alive().stream().map(Metrics::of).toList();
    List<Guest> crowd = guests.connectAll(nodes.alive(), "presence-storm", members);
    long deltasBefore = sum(metrics, DELTAS);
    long askedBefore = sum(metrics, ASKED);
    long start = System.nanoTime();

    Hearing hearing = new Hearing(crowd);
    crowd.forEach(Guest::subscribe);
    crowd.forEach(Guest::awaitJoined);
    guests.awaitAllKnowEachOther();
    Duration taken = hearing.last(Guest.Kind.ADDED);
    assertThat(taken).isLessThan(limit);
    guests.requireNoContradiction();
    nodes.requireAnswers(nodes.alive(), Picture.of(crowd));

    long deltas = sum(metrics, DELTAS) - deltasBefore;
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;
    double lag = metrics.stream().mapToDouble(node -> node.largest(LAG)).max().orElseThrow();
    System.out.printf(
        "%d members join at once: all know all after %d ms, %d control messages, lag %.2f s%n",
        members, taken.toMillis(), deltas, lag);
    assertThat(deltas).isBetween(1L, DELTAS_PER_SECOND * seconds * metrics.size());
    assertThat(sum(metrics, ASKED)).isEqualTo(askedBefore);
    assertThat(lag).isLessThan(MOST_LAG_SECONDS);
  }

  private static long sum(List<Metrics> nodes, String metric) {
    return nodes.stream().mapToLong(node -> node.value(metric)).sum();
  }
}
