package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Relay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  private static final int UNANSWERED = 100;

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

  /** Publishes until a publication is refused, with at most a hundred that are unanswered. */
  private static List<CompletableFuture<PublishOutcome>> publishUntilRefused(BrokerNode publisher) {
    List<CompletableFuture<PublishOutcome>> outcomes = new ArrayList<>();
    boolean refused = false;
    while (!refused) {
      outcomes.add(publisher.publish(NEWS, "" + outcomes.size()));
      if (outcomes.size() >= UNANSWERED) {
        refused =
            outcomes.get(outcomes.size() - UNANSWERED).join() instanceof PublishOutcome.Refused;
      }
    }
    return outcomes;
  }

  @Test
  void aBrokerThatIsKilledLosesNothingThatItHasAccepted() {
    BrokerNode publisher = join(cluster.config(kafka.disturbedAddress()));
    BrokerNode subscriber = join(cluster.config(kafka.asideAddress()));
    subscriber.subscribe(NEWS);
    CompletableFuture<List<CompletableFuture<PublishOutcome>>> publishing =
        CompletableFuture.supplyAsync(() -> publishUntilRefused(publisher));
    subscriber.awaitTexts(NEWS, 100);

    kafka.server().kill();
    Instant killed = Instant.now();
    publisher.heard().awaitStates(2);
    assertThat(Duration.between(killed, Instant.now())).isLessThan(DETECTION);
    subscriber.heard().awaitStates(2);
    kafka.server().start();
    awaitBack(publisher);
    awaitBack(subscriber);
    List<CompletableFuture<PublishOutcome>> outcomes = publishing.join();
    outcomes.forEach(BrokerNode::await);
    publisher.publishAccepted(NEWS, "" + outcomes.size());

    await().atMost(PATIENCE).until(() -> last(subscriber) == outcomes.size());
    List<Integer> heard = texts(subscriber);
    assertThat(heard).as("in order, none twice").isSorted().doesNotHaveDuplicates();
    List<Integer> accepted = new ArrayList<>();
    List<Integer> refused = new ArrayList<>();
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i).join()) {
        case PublishOutcome.Accepted _ -> accepted.add(i);
        case PublishOutcome.Refused _ -> refused.add(i);
        case PublishOutcome.Unknown _ -> unknown.add(i);
      }
    }
    assertThat(heard).as("nothing that was accepted is missing").containsAll(accepted);
    assertThat(heard).as("nothing that was refused was sent").doesNotContainAnyElementsOf(refused);
    assertThat(accepted.size() + refused.size() + unknown.size()).isEqualTo(outcomes.size());
    assertThat(subscriber.heard().gaps()).as("it has read everything").isEmpty();
  }

  private static List<Integer> texts(BrokerNode node) {
    return node.texts(NEWS).stream().map(Integer::valueOf).toList();
  }

  private static int last(BrokerNode node) {
    List<Integer> texts = texts(node);
    return texts.isEmpty() ? -1 : texts.getLast();
  }

  /** The direction in which nothing comes through. */
  enum Swallowed {
    THERE,
    BACK
  }

  @Tag("matrix")
  @ParameterizedTest
  @EnumSource(Swallowed.class)
  void aConnectionThatSwallowsOneDirectionIsFoundAndNothingIsMissed(Swallowed direction) {
    BrokerNode node = join(cluster.config(kafka.disturbedAddress()));
    BrokerNode other = join(cluster.config(kafka.asideAddress()));
    node.subscribe(NEWS);
    other.publishAccepted(NEWS, "before");
    node.awaitTexts(NEWS, 1);

    switch (direction) {
      case THERE -> kafka.disturbed().stall(Relay.Side.NODE);
      case BACK -> kafka.disturbed().stall(Relay.Side.BROKER);
    }
    Instant swallowed = Instant.now();
    node.heard().awaitStates(2);
    assertThat(Duration.between(swallowed, Instant.now())).isLessThan(DETECTION);
    other.publishAccepted(NEWS, "meanwhile");
    kafka.heal();

    awaitBack(node);
    other.publishAccepted(NEWS, "after");
    assertThat(node.awaitTexts(NEWS, 3)).containsExactly("before", "meanwhile", "after");
    assertThat(node.heard().gaps()).isEmpty();
    assertThat(other.heard().awaitStates(1)).as("it noticed nothing").hasSize(1);
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
