package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.KnownNodes;
import io.carillon.testkit.Relay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes at two servers of NATS that are so far apart that every lost order shows. */
@Timeout(60)
final class NatsBarrierIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Duration DELAY = Duration.ofMillis(50);

  @RegisterExtension static final SlowServers SERVERS = new SlowServers(DELAY);

  private final SplittableRandom random = new SplittableRandom();
  private final TestNats cluster = new TestNats();
  private final List<BrokerNode> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(BrokerNode::close);
  }

  /** A node at one of the servers that is told of these nodes, not started. */
  private BrokerNode node(int server, KnownNodes known) {
    Incarnation incarnation = Incarnation.random(random);
    NatsBroker broker = TestNats.broker(cluster.config(SERVERS.get().at(server)));
    broker.meet(known.besides(incarnation));
    return noted(new BrokerNode(incarnation, broker));
  }

  /** A node that nobody has told of any other. */
  private BrokerNode unaware(int server) {
    return noted(TestNats.node(cluster.config(SERVERS.get().at(server))));
  }

  private BrokerNode noted(BrokerNode node) {
    nodes.add(node);
    return node;
  }

  /**
   * Adds two nodes that have heard each other. A message of a node comes behind its subscriptions,
   * so the server of each can reach the other one: this is what membership waits for.
   */
  private static void introduce(KnownNodes known, BrokerNode one, BrokerNode other) {
    awaitHello(one, other);
    awaitHello(other, one);
    known.add(one.incarnation()).add(other.incarnation());
  }

  private static void awaitHello(BrokerNode from, BrokerNode to) {
    await()
        .until(
            () -> {
              BrokerNode.await(from.control("hello", ""));
              return to.heard().controls().stream()
                  .anyMatch(message -> message.id().node().equals(from.incarnation()));
            });
  }

  @Test
  void withoutConfirmationsPublicationsAreLost() {
    BrokerNode subscriber = unaware(0).start();
    BrokerNode publisher = unaware(1).start();
    subscriber.subscribe(NEWS);

    publisher.publishAccepted(NEWS, "too early");

    await()
        .until(
            () -> {
              publisher.publishAccepted(NEWS, "later");
              return subscriber.texts(NEWS).contains("later");
            });
    assertThat(subscriber.texts(NEWS)).doesNotContain("too early");
  }

  @Test
  void aSubscribeCompletesWhenTheOtherNodesServerRoutesHere() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = node(0, known).start();
    BrokerNode publisher = node(1, known).start();
    introduce(known, subscriber, publisher);

    for (int i = 0; i < 20; i++) {
      Channel fresh = Channel.ofTopic("fresh-" + i);
      subscriber.subscribe(fresh);
      publisher.publishAccepted(fresh, "at once");
      assertThat(subscriber.awaitTexts(fresh, 1)).containsExactly("at once");
    }
  }

  @Test
  void manyChannelsWaitForOneConfirmation() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = node(0, known).start();
    BrokerNode publisher = node(1, known).start();
    introduce(known, subscriber, publisher);
    long before = rounds(subscriber);

    List<Channel> channels =
        IntStream.range(0, 2_000).mapToObj(i -> Channel.ofTopic("many-" + i)).toList();
    subscriber.subscribe(channels);

    channels.forEach(channel -> publisher.publish(channel, "at once"));
    channels.forEach(channel -> subscriber.heard().awaitPublications(channel, 1));
    assertThat(rounds(subscriber) - before).isEqualTo(1);
  }

  private static long rounds(BrokerNode node) {
    return ((NatsBroker) node.broker()).confirmations().durations().count();
  }

  @Test
  void aNewcomerPublishesOnlyWhenItsServerKnowsTheSubscriptionsOfOthers() {
    BrokerNode old = node(0, KnownNodes.none()).start();
    old.subscribe(NEWS);

    BrokerNode newcomer = node(1, KnownNodes.none().add(old.incarnation())).start();
    newcomer.publishAccepted(NEWS, "hello");

    assertThat(old.awaitTexts(NEWS, 1)).containsExactly("hello");
  }

  @Test
  void aNodeAsksANewcomerOfWhichItHasHeardNothingElse() {
    BrokerNode old = node(0, KnownNodes.none()).start();
    BrokerNode newcomer = node(1, KnownNodes.none().add(old.incarnation())).start();

    old.subscribe(NEWS);
    newcomer.publishAccepted(NEWS, "hello");

    assertThat(old.awaitTexts(NEWS, 1)).containsExactly("hello");
  }

  @Test
  void nothingIsAcceptedBeforeTheOtherNodesAreKnown() {
    BrokerNode old = node(0, KnownNodes.none()).start();
    old.subscribe(NEWS);
    KnownNodes known = KnownNodes.incomplete();
    BrokerNode newcomer = node(1, known).start();

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
    BrokerNode subscriber = node(0, known).start();
    known.add(Incarnation.random(random));
    long before = System.nanoTime();

    subscriber.subscribe(NEWS);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aNodeThatStandsStillIsGivenUpAndCausesAGapWhenItGoesOn() {
    KnownNodes known = KnownNodes.none();
    BrokerNode subscriber = node(0, known).start();
    try (Relay relay =
        Relay.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVERS.get().port(1)))) {
      Incarnation incarnation = Incarnation.random(random);
      NatsBroker broker = TestNats.broker(cluster.config(SERVERS.get().through(relay)));
      broker.meet(KnownNodes.none().add(subscriber.incarnation()).besides(incarnation));
      BrokerNode stopped = noted(new BrokerNode(incarnation, broker)).start();
      introduce(known, subscriber, stopped);
      subscriber.subscribe(Channel.ofTopic("before"));
      relay.stall();
      known.beLate(incarnation);
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
}
