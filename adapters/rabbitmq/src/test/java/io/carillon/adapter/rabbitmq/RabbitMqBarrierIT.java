package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.KnownNodes;
import io.carillon.testkit.Relay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nodes whose binds RabbitMQ answers before they work, as it does in a cluster with Khepri: {@link
 * SlowBinds} injects that.
 */
@Timeout(60)
final class RabbitMqBarrierIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Duration DELAY = Duration.ofMillis(150);

  private final SplittableRandom random = new SplittableRandom();
  private final TestRabbitMq cluster = new TestRabbitMq();
  private final SlowBinds slow = new SlowBinds(TestRabbitMq.server(), DELAY);
  private final List<BrokerNode> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(BrokerNode::close);
    slow.close();
    cluster.close();
  }

  /** A node whose binds are slow, not started. */
  private BrokerNode slow(KnownNodes known, ConfirmSubscriptions confirming) {
    return node(slow.port(), known, confirming);
  }

  /** A node at RabbitMQ itself, not started. */
  private BrokerNode fast(KnownNodes known, ConfirmSubscriptions confirming) {
    return node(TestRabbitMq.server().getPort(), known, confirming);
  }

  private BrokerNode node(int port, KnownNodes known, ConfirmSubscriptions confirming) {
    Incarnation incarnation = Incarnation.random(random);
    RabbitMqBroker broker =
        TestRabbitMq.broker(cluster.config(TestRabbitMq.at(port)).withConfirming(confirming));
    broker.meet(known.besides(incarnation));
    BrokerNode node = new BrokerNode(incarnation, broker);
    nodes.add(node);
    return node;
  }

  /** Publishes 1,000 texts, each channel's behind its subscribe; returns how many came. */
  private int received(BrokerNode subscriber, BrokerNode publisher) {
    int received = 0;
    for (int i = 0; i < 20; i++) {
      Channel fresh = Channel.ofTopic("fresh-" + i);
      subscriber.subscribe(fresh);
      List<String> texts = IntStream.range(0, 50).mapToObj(n -> "at once " + n).toList();
      publisher.publishAll(fresh, texts).forEach(outcome -> assertAccepted(outcome.join()));
      await()
          .until(
              () -> {
                publisher.publishAccepted(fresh, "later");
                return subscriber.texts(fresh).contains("later");
              });
      received += (int) subscriber.texts(fresh).stream().filter(texts::contains).count();
    }
    return received;
  }

  private static void assertAccepted(PublishOutcome outcome) {
    assertThat(outcome).isInstanceOf(PublishOutcome.Accepted.class);
  }

  @Test
  void withoutConfirmationsPublicationsAreLost() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = slow(known, ConfirmSubscriptions.OFF).start();
    BrokerNode publisher = fast(known, ConfirmSubscriptions.OFF).start();
    known.add(subscriber.incarnation()).add(publisher.incarnation());

    assertThat(received(subscriber, publisher)).isLessThan(500);
  }

  @Test
  void withConfirmationsNoPublicationIsLost() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = slow(known, ConfirmSubscriptions.ON).start();
    BrokerNode publisher = fast(known, ConfirmSubscriptions.ON).start();
    known.add(subscriber.incarnation()).add(publisher.incarnation());

    assertThat(received(subscriber, publisher)).isEqualTo(1_000);
  }

  @Test
  @Tag("matrix")
  void aNodeThatAsksNobodyAnswersOthers() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = slow(known, ConfirmSubscriptions.ON).start();
    BrokerNode publisher = fast(known, ConfirmSubscriptions.OFF).start();
    known.add(subscriber.incarnation()).add(publisher.incarnation());

    assertThat(received(subscriber, publisher)).isEqualTo(1_000);
  }

  @Test
  void manyChannelsWaitForOneConfirmation() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = slow(known, ConfirmSubscriptions.ON).start();
    BrokerNode publisher = fast(known, ConfirmSubscriptions.ON).start();
    known.add(publisher.incarnation());
    long before = rounds(subscriber);

    List<Channel> channels =
        IntStream.range(0, 400).mapToObj(i -> Channel.ofTopic("many-" + i)).toList();
    subscriber.subscribe(channels);

    channels.forEach(channel -> publisher.publish(channel, "at once"));
    channels.forEach(channel -> subscriber.heard().awaitPublications(channel, 1));
    assertThat(rounds(subscriber) - before).isEqualTo(1);
  }

  @Test
  void theWideBindingWaitsForConfirmationsToo() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = slow(known, ConfirmSubscriptions.ON).start();
    BrokerNode publisher = fast(known, ConfirmSubscriptions.ON).start();
    known.add(publisher.incarnation());

    List<Channel> channels =
        IntStream.range(0, 1_200).mapToObj(i -> Channel.ofTopic("many-" + i)).toList();
    subscriber.subscribe(channels);

    channels.forEach(channel -> publisher.publish(channel, "at once"));
    channels.forEach(channel -> subscriber.heard().awaitPublications(channel, 1));
    await().until(() -> ((RabbitMqBroker) subscriber.broker()).stats().binding().wide());
  }

  private static long rounds(BrokerNode node) {
    return ((RabbitMqBroker) node.broker()).confirmations().durations().count();
  }

  @Test
  void aNewcomerPublishesOnlyWhenItReachesTheOthers() {
    BrokerNode old = slow(KnownNodes.none(), ConfirmSubscriptions.OFF).start();
    KnownNodes known = KnownNodes.none().add(old.incarnation());
    awaitReachable(old);

    for (int i = 0; i < 5; i++) {
      Channel fresh = Channel.ofTopic("fresh-" + i);
      old.subscribe(fresh); // Answered at once, and not routed yet.
      BrokerNode newcomer = fast(known, ConfirmSubscriptions.ON).start();
      newcomer.publishAccepted(fresh, "hello");
      assertThat(old.awaitTexts(fresh, 1)).containsExactly("hello");
      newcomer.close();
    }
  }

  @Test
  void withoutQuestionsANewcomersPublicationIsLost() {
    BrokerNode old = slow(KnownNodes.none(), ConfirmSubscriptions.OFF).start();
    BrokerNode newcomer = fast(KnownNodes.none(), ConfirmSubscriptions.OFF).start();
    awaitReachable(old);

    old.subscribe(NEWS);
    newcomer.publishAccepted(NEWS, "too early");

    await()
        .until(
            () -> {
              newcomer.publishAccepted(NEWS, "later");
              return old.texts(NEWS).contains("later");
            });
    assertThat(old.texts(NEWS)).doesNotContain("too early");
  }

  /** The bindings of a node's own queues work. */
  private void awaitReachable(BrokerNode node) {
    BrokerNode other = fast(KnownNodes.none(), ConfirmSubscriptions.OFF).start();
    await()
        .until(
            () ->
                other
                    .control(node.incarnation(), "hello", "")
                    .handle((_, failure) -> failure == null)
                    .toCompletableFuture()
                    .join());
  }

  @Test
  void nothingIsAcceptedBeforeTheOtherNodesAreKnown() {
    BrokerNode old = slow(KnownNodes.none(), ConfirmSubscriptions.ON).start();
    old.subscribe(NEWS);
    KnownNodes known = KnownNodes.incomplete();
    BrokerNode newcomer = fast(known, ConfirmSubscriptions.ON).start();

    assertThat(BrokerNode.await(newcomer.publish(NEWS, "too early")))
        .isInstanceOf(PublishOutcome.Refused.class);
    known.add(old.incarnation()).complete();
    await()
        .until(
            () ->
                BrokerNode.await(newcomer.publish(NEWS, "hello"))
                    instanceof PublishOutcome.Accepted);

    assertThat(old.awaitTexts(NEWS, 1)).containsExactly("hello");
  }

  @Test
  void aNodeThatIsNotThereHoldsNothingUp() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = fast(known, ConfirmSubscriptions.ON).start();
    known.add(Incarnation.random(random));
    long before = System.nanoTime();

    subscriber.subscribe(NEWS);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aNodeThatStandsStillIsGivenUpAndCausesAGapWhenItGoesOn() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = fast(known, ConfirmSubscriptions.ON).start();
    try (Relay relay = Relay.to(TestRabbitMq.server())) {
      BrokerNode stopped =
          node(
                  relay.port(),
                  KnownNodes.none().add(subscriber.incarnation()),
                  ConfirmSubscriptions.ON)
              .start();
      known.add(stopped.incarnation());
      subscriber.subscribe(Channel.ofTopic("before"));
      relay.stall();
      known.beLate(stopped.incarnation());
      long before = System.nanoTime();

      subscriber.subscribe(NEWS);

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
      assertThat(subscriber.heard().gaps()).isEmpty();
      relay.resume();
      assertThat(subscriber.heard().awaitGaps(1)).hasSize(1);
      stopped.publishAccepted(NEWS, "hello");
      assertThat(subscriber.awaitTexts(NEWS, 1)).containsExactly("hello");
    }
  }

  @Test
  @Tag("matrix")
  void fencesDoNotGrow() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = fast(known, ConfirmSubscriptions.ON).start();
    known.add(subscriber.incarnation());
    for (int i = 0; i < 5; i++) {
      BrokerNode newcomer = fast(known, ConfirmSubscriptions.ON).start();
      for (int n = 0; n < 20; n++) {
        subscriber.subscribe(Channel.ofTopic("fresh-" + i + "-" + n));
      }
      newcomer.close();
    }

    String exchange = Topology.nodesExchange(cluster.config());
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.management().bindings(exchange))
                    .filteredOn(binding -> Fences.isFence(binding.key()))
                    .hasSize(1));
  }
}
