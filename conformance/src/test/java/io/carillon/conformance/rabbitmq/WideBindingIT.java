package io.carillon.conformance.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.metrics.Metrics;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.swarm.Ear;
import io.carillon.conformance.swarm.Metronome;
import io.carillon.conformance.swarm.Swarm;
import io.carillon.conformance.swarm.SwarmClient;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Thousands of topics come and go on a node, which binds everything with one binding meanwhile,
 * while messages flow on a hundred steady topics: none is lost, doubled or out of order.
 */
@Isolated("load")
class WideBindingIT {

  private static final int CHURNERS = 4;
  private static final int TOPICS_EACH = 750;
  private static final int STEADY = 100;
  private static final int EARS = 10;
  private static final int PER_SECOND = 500;
  private static final int SIZE = 100;
  private static final String PUBLISHER = "publisher";
  private static final String UNWANTED = "carillon_unwanted_publications_total";
  private static final int FOR_OTHERS = 25;
  private static final String WIDE = "Binding all topics to queue";
  private static final String EXACT = "topics alone again";

  /** The least time between switches, less what a line of the log may come late. */
  private static final Duration BETWEEN = Duration.ofSeconds(59);

  @AutoClose private final Swarm swarm = new Swarm();

  /** Without a linger a topic is unbound as soon as it is left. */
  @AutoClose
  private final Cluster cluster =
      Cluster.of(2, Metrics.flags("--log-level=info", "--unbind-linger=0s", "--drain-announce=0s"))
          .start();

  private final Node node = cluster.node(1);
  private final Metrics metrics = Metrics.of(node);
  private final List<String> steady =
      IntStream.range(0, STEADY).mapToObj(i -> "steady" + i).toList();
  private final List<Ear> ears = new ArrayList<>();

  @Test
  void nothingIsLostWhenTheNodeBindsEverythingAtOnce() {
    AtomicLong rounds = new AtomicLong();
    churnWhile(() -> rounds.getAndIncrement() < 2);

    assertThat(switches()).hasSize(1).first().asString().contains(WIDE);
    assertThat(cluster.vhost().queuesBoundTo("#")).hasSize(1);
    assertThat(metrics.value("carillon_rabbitmq_wide")).isOne();
    assertThat(metrics.value("carillon_rabbitmq_width_switches_total")).isOne();
    assertThatWhatIsUnwantedIsCounted();
  }

  @Test
  @Tag("matrix")
  void nothingIsLostWhenTheNodeGoesBackToExactBindingsEither() {
    long end = System.nanoTime() + Duration.ofSeconds(75).toNanos();
    churnWhile(() -> System.nanoTime() < end);

    assertThat(switches()).hasSize(2);
    assertThat(switches().get(0)).contains(WIDE);
    assertThat(switches().get(1)).contains(EXACT);
    assertThat(Duration.between(timeOf(switches().get(0)), timeOf(switches().get(1))))
        .isGreaterThan(BETWEEN);
  }

  /**
   * Bound to everything, the node receives publications that only clients of the other node want.
   */
  private void assertThatWhatIsUnwantedIsCounted() {
    long before = metrics.value(UNWANTED);
    SwarmClient loner =
        swarm.join(cluster.node(2), "loner", SwarmClient.Listener.NONE).subscribe("elsewhere");
    for (int i = 0; i < FOR_OTHERS; i++) {
      loner.publish("elsewhere", "hello");
    }
    metrics.awaitValue(UNWANTED, n -> n == before + FOR_OTHERS);
  }

  private void churnWhile(BooleanSupplier goOn) {
    for (int i = 0; i < EARS; i++) {
      listen(cluster.node(1), i);
      listen(cluster.node(2), i);
    }
    SwarmClient publisher =
        swarm.join(cluster.node(2), PUBLISHER, SwarmClient.Listener.NONE).subscribe(steady);
    List<SwarmClient> churners = swarm.join(node, "churner", CHURNERS);
    int rounds = 0;
    try (Metronome metronome =
        new Metronome(
            PER_SECOND,
            beat ->
                publisher.publish(steady.get(beat % STEADY), Ear.message(beat / STEADY, SIZE)))) {
      while (goOn.getAsBoolean()) {
        churn(churners, ++rounds);
      }
      int spoken = metronome.stop();
      System.out.printf(
          "%d messages beside %d rounds of %d topics; switches: %s%n",
          spoken, rounds, CHURNERS * TOPICS_EACH, switches());
      awaitAllHeard(spoken);
    }
    assertThat(churners).allMatch(churner -> churner.complaints().isEmpty());
  }

  /** Each listens to its share of the steady topics. */
  private void listen(Node where, int share) {
    Ear ear = new Ear();
    ears.add(ear);
    swarm
        .join(where, "ear", ear)
        .subscribe(steady.stream().filter(t -> steady.indexOf(t) % EARS == share).toList());
  }

  /** All subscribe to topics of their own, hear an echo in each, and leave them. */
  private static void churn(List<SwarmClient> churners, int round) {
    churners.parallelStream()
        .forEach(
            churner -> {
              List<String> topics =
                  IntStream.range(0, TOPICS_EACH)
                      .mapToObj(i -> "t" + round + "-" + System.identityHashCode(churner) + "-" + i)
                      .toList();
              long heard = churner.messages() + TOPICS_EACH;
              churner.subscribe(topics);
              topics.forEach(topic -> churner.publish(topic, "hello"));
              await().atMost(Patience.LIMIT).until(() -> churner.messages() == heard);
              churner.unsubscribe(topics);
            });
  }

  private void awaitAllHeard(int spoken) {
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () ->
                assertThat(
                        ears.stream()
                            .mapToLong(
                                ear ->
                                    steady.stream()
                                        .mapToLong(t -> ear.heard(t, PUBLISHER).next())
                                        .sum())
                            .sum())
                    .isEqualTo(2L * spoken));
    assertThat(ears).allMatch(ear -> ear.faults().isEmpty());
    assertThat(ears)
        .allMatch(ear -> steady.stream().allMatch(t -> ear.heard(t, PUBLISHER).first() == 0));
  }

  private List<String> switches() {
    return node.log().stream().filter(line -> line.contains(WIDE) || line.contains(EXACT)).toList();
  }

  private static LocalTime timeOf(String line) {
    return LocalTime.parse(line.substring(0, line.indexOf(' ')));
  }
}
