package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.BrokerState;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
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

/** Nodes over three brokers, of which one is away or gives its partitions to others. */
@Tag("matrix")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KafkaClusterIT {

  private static final Duration DETECTION = Duration.ofSeconds(10);
  private static final int MOVES = 3;

  private KafkaCluster kafka;
  private Topics topics;
  private BrokerNode publisher;
  private BrokerNode subscriber;

  /** The brokers are started before all tests, the nodes before each. */
  @SuppressWarnings("NullAway.Init")
  KafkaClusterIT() {}

  @BeforeAll
  void startKafka() {
    kafka = new KafkaCluster();
  }

  @AfterAll
  void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void join() {
    KafkaConfig config = new TestKafka().config(kafka.address());
    topics = Topics.of(config.prefix());
    publisher = TestKafka.node(config).start();
    subscriber = TestKafka.node(config).start();
    kafka.awaitWhole(topics.all());
  }

  @AfterEach
  void leave() {
    publisher.close();
    subscriber.close();
  }

  @Test
  void topicsThatANodeCreatesSurviveTheLossOfABroker() {
    for (String topic : topics.all()) {
      assertThat(kafka.partitions(topic)).allMatch(partition -> partition.replicas().size() == 3);
      assertThat(kafka.setting(topic, "min.insync.replicas")).isEqualTo("2");
    }
  }

  @Test
  void leadersThatMoveRefuseAndLoseNothing() {
    try (Traffic traffic = new Traffic(publisher, publisher, subscriber)) {
      for (int move = 0; move < MOVES; move++) {
        List<Integer> before = leaders();
        topics.all().forEach(kafka::moveLeaders);
        assertThat(leaders()).isNotEqualTo(before);
      }
      traffic.end();
      requireUndisturbed("Leaders moved %d times".formatted(MOVES), traffic);
    }
  }

  private List<Integer> leaders() {
    return kafka.partitions(topics.publications()).stream()
        .map(TopicPartitionInfo::leader)
        .map(leader -> leader.id())
        .toList();
  }

  /** No outage, nothing refused or unknown, everything heard. */
  private void requireUndisturbed(String drill, Traffic traffic) {
    for (BrokerNode node : List.of(publisher, subscriber)) {
      Traffic.Sums sums = traffic.requireClosed(node);
      System.out.printf("%s: %s%n", drill, sums);
      assertThat(sums.areAllAccepted()).as("%s", sums).isTrue();
      assertThat(node.heard().awaitStates(1)).containsExactly(BrokerState.UP);
    }
  }

  @Test
  void brokersThatAreStartedAgainOneAfterTheOtherRefuseAndLoseNothing() {
    try (Traffic traffic = new Traffic(publisher, publisher, subscriber)) {
      for (int id = 1; id <= KafkaCluster.SIZE; id++) {
        kafka.server(id).stopInOrder();
        kafka.server(id).start();
        kafka.awaitWhole(topics.all());
      }
      traffic.end();
      requireUndisturbed("All brokers started again", traffic);
    }
  }

  /** How a broker ends that hands nothing over. */
  enum Fault {
    KILLED {
      @Override
      void happen(KafkaServer server) {
        server.kill();
      }

      @Override
      void end(KafkaServer server) {
        server.start();
      }
    },
    STOPPED {
      @Override
      void happen(KafkaServer server) {
        server.freeze();
      }

      @Override
      void end(KafkaServer server) {
        server.thaw();
      }
    };

    abstract void happen(KafkaServer server);

    abstract void end(KafkaServer server);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void anotherBrokerTakesOverFromALeaderThatIsGoneAndNothingIsLost(Fault fault) {
    int leader = kafka.leader(new TopicPartition(topics.control(), 0));
    try (Traffic traffic = new Traffic(publisher, publisher, subscriber)) {
      fault.happen(kafka.server(leader));
      Instant at = Instant.now();
      List<String> times = new ArrayList<>();
      for (BrokerNode node : List.of(publisher, subscriber)) {
        node.heard().awaitStates(2);
        Duration detection = Duration.between(at, Instant.now());
        assertThat(detection).isLessThan(DETECTION);
        times.add("found after %d ms".formatted(detection.toMillis()));
      }
      for (BrokerNode node : List.of(publisher, subscriber)) {
        assertThat(node.heard().awaitStates(3))
            .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
        times.add("up after %d ms".formatted(Duration.between(at, Instant.now()).toMillis()));
      }
      publisher.publishAccepted(Channel.ofTopic("meanwhile"), "two are enough");

      fault.end(kafka.server(leader));
      kafka.awaitWhole(topics.all());
      traffic.end();

      System.out.printf(
          "A leader of three %s: %s; %s%n", fault, times, traffic.requireClosed(subscriber));
      traffic.requireClosed(publisher);
      assertThat(subscriber.heard().awaitStates(3)).as("the return is no outage").hasSize(3);
    }
  }
}
