package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Relay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of a real broker and of the network before it, with sums that have to close. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KafkaDrillIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Duration DETECTION = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RelayedKafka kafka;
  private TestKafka cluster;
  private final List<BrokerNode> nodes = new ArrayList<>();

  /** The broker is started before all tests, the cluster before each. */
  @SuppressWarnings("NullAway.Init")
  KafkaDrillIT() {}

  @BeforeAll
  void startKafka() {
    kafka = new RelayedKafka();
  }

  @BeforeEach
  void openCluster() {
    kafka.open();
    cluster = new TestKafka();
  }

  @AfterEach
  void closeNodes() {
    nodes.forEach(BrokerNode::close);
    nodes.clear();
    kafka.close();
  }

  @AfterAll
  void stopKafka() {
    kafka.server().close();
  }

  private BrokerNode join(KafkaConfig config) {
    BrokerNode node = TestKafka.node(config);
    nodes.add(node);
    return node.start();
  }

  private static void awaitBack(BrokerNode node) {
    assertThat(node.heard().awaitStates(3))
        .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
  }

  /** When a node went down, and when it was up again. */
  private static String awaitOutage(BrokerNode node, Instant fault, Runnable healing) {
    node.heard().awaitStates(2);
    Duration detection = Duration.between(fault, Instant.now());
    assertThat(detection).isLessThan(DETECTION);
    healing.run();
    Instant healed = Instant.now();
    awaitBack(node);
    return "found after %d ms, up %d ms after its end"
        .formatted(detection.toMillis(), Duration.between(healed, Instant.now()).toMillis());
  }

  @Test
  void aBrokerThatIsKilledLosesNothingThatItHasAccepted() {
    BrokerNode publisher = join(cluster.config(kafka.disturbedAddress()));
    BrokerNode subscriber = join(cluster.config(kafka.asideAddress()));
    try (Traffic traffic = new Traffic(publisher, subscriber)) {
      kafka.server().kill();
      String times =
          awaitOutage(
              publisher,
              Instant.now(),
              () -> {
                subscriber.heard().awaitStates(2);
                kafka.server().start();
              });
      awaitBack(subscriber);
      traffic.end();
      System.out.printf("Kafka killed: %s; %s%n", times, traffic.requireClosed(subscriber));
    }
  }

  @Tag("matrix")
  @Test
  void aBrokerThatStandsStillLosesNothingThatItHasAccepted() {
    BrokerNode publisher = join(cluster.config(kafka.disturbedAddress()));
    BrokerNode subscriber = join(cluster.config(kafka.asideAddress()));
    try (Traffic traffic = new Traffic(publisher, publisher, subscriber)) {
      kafka.server().freeze();
      String times =
          awaitOutage(
              publisher,
              Instant.now(),
              () -> {
                subscriber.heard().awaitStates(2);
                kafka.server().thaw();
              });
      awaitBack(subscriber);
      traffic.end();
      System.out.printf("Kafka stopped: %s; %s%n", times, traffic.requireClosed(subscriber));
      traffic.requireClosed(publisher);
    }
  }

  @Tag("matrix")
  @ParameterizedTest
  @EnumSource(Relay.Side.class)
  void aConnectionThatSwallowsWhatComesFromOneSideIsFoundAndNothingIsMissed(Relay.Side side) {
    BrokerNode publisher = join(cluster.config(kafka.disturbedAddress()));
    BrokerNode other = join(cluster.config(kafka.asideAddress()));
    try (Traffic traffic = new Traffic(publisher, publisher, other)) {
      kafka.disturbed().swallow(side);
      String times = awaitOutage(publisher, Instant.now(), kafka::reopen);
      traffic.end();
      System.out.printf(
          "Bytes from %s swallowed: %s; %s%n", side, times, traffic.requireClosed(other));
      traffic.requireClosed(publisher);
      assertThat(other.heard().awaitStates(1)).as("it noticed nothing").hasSize(1);
    }
  }

  @Tag("matrix")
  @Test
  void whatIsOlderThanTheBoundIsNotReadAndIsReported() {
    Duration bound = Duration.ofSeconds(12);
    BrokerNode node = join(cluster.config(kafka.disturbedAddress()).withReplay(bound));
    BrokerNode other = join(cluster.config(kafka.asideAddress()));
    node.subscribe(NEWS);
    kafka.disturbed().stop();
    node.heard().awaitStates(2);
    Instant before = Instant.now();
    other.publishAccepted(NEWS, "old");
    Instant old = Instant.now();
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(old.plus(bound).plusMillis(500)));
    other.publishAccepted(NEWS, "young");

    kafka.heal();

    awaitBack(node);
    assertThat(node.awaitTexts(NEWS, 1)).containsExactly("young");
    Gap gap = node.heard().gaps().getFirst();
    assertThat(gap.from()).isBefore(before);
    assertThat(gap.to()).isAfter(old);
    assertThat(node.heard().gapsBeforeUp()).isEqualTo(1);
  }

  @Tag("matrix")
  @Test
  void aSubscriberThatComesAfterAnOutageHearsNothingOlder() {
    Channel later = Channel.ofTopic("later");
    BrokerNode node = join(cluster.config(kafka.disturbedAddress()));
    BrokerNode other = join(cluster.config(kafka.asideAddress()));
    node.subscribe(NEWS);
    kafka.disturbed().stop();
    node.heard().awaitStates(2);
    other.publishAccepted(NEWS, "missed");
    other.publishAccepted(later, "nobody's");
    kafka.heal();
    awaitBack(node);

    node.subscribe(later);
    other.publishAccepted(later, "hello");

    assertThat(node.awaitTexts(later, 1)).containsExactly("hello");
    assertThat(node.texts(NEWS)).containsExactly("missed");
  }
}
