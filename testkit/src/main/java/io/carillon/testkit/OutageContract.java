package io.carillon.testkit;

import static io.carillon.testkit.BrokerNode.await;
import static io.carillon.testkit.Refusals.assertGone;
import static io.carillon.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@link Broker} promises about a bus that goes away and comes back, as tests. Every
 * implementation with such a bus extends this class; each test gets a fresh cluster.
 */
@Timeout(120)
public abstract class OutageContract {

  private static final Channel NEWS = Channel.ofTopic("news");

  /** What a call may take that doesn't block, and what an answer may take that comes at once. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /** What leaving may take, whatever the bus does. */
  private static final Duration END = Duration.ofSeconds(5);

  private final SplittableRandom random = new SplittableRandom();
  private final List<BrokerNode> nodes = new ArrayList<>();
  private OutageFixture cluster;

  /** For JUnit. */
  @SuppressWarnings("NullAway.Init") // the cluster is made before each test
  protected OutageContract() {}

  /** Makes a cluster that has no nodes and shares nothing with any other. */
  protected abstract OutageFixture newCluster();

  @BeforeEach
  final void openCluster() {
    cluster = newCluster();
  }

  @AfterEach
  final void closeCluster() {
    nodes.forEach(BrokerNode::close);
    cluster.close();
  }

  /** A node that is not started and that outages concern. */
  private BrokerNode newNode() {
    Incarnation incarnation = Incarnation.random(random);
    return noted(new BrokerNode(incarnation, cluster.connect(incarnation)));
  }

  /** A node that outages concern, started and up. */
  private BrokerNode join() {
    return newNode().start();
  }

  /** A node that no outage concerns, started and up. */
  private BrokerNode joinAside() {
    Incarnation incarnation = Incarnation.random(random);
    return noted(new BrokerNode(incarnation, cluster.connectAside(incarnation))).start();
  }

  private BrokerNode noted(BrokerNode node) {
    nodes.add(node);
    return node;
  }

  private static void awaitDown(BrokerNode node) {
    assertThat(node.heard().awaitStates(2)).endsWith(BrokerState.DOWN);
  }

  private static void awaitBack(BrokerNode node) {
    assertThat(node.heard().awaitStates(3))
        .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
  }

  @Test
  void aBusThatCannotBeReachedIsWaitedFor() {
    cluster.cut();
    BrokerNode node = newNode();
    CompletionStage<Void> started = node.begin();

    assertRefused(Refusal.UNAVAILABLE, await(node.publish(NEWS, "too early")));
    assertRefused(Refusal.UNAVAILABLE, node.broker().subscribe(Set.of(NEWS)));
    assertThat(started.toCompletableFuture()).isNotDone();

    cluster.heal();
    await(started);
    node.subscribe(NEWS);
    node.publishAccepted(NEWS, "now");
    assertThat(node.awaitTexts(NEWS, 1)).containsExactly("now");
  }

  @Test
  void whileTheBusIsAwayEverythingIsRefusedAtOnce() {
    BrokerNode node = join();
    node.subscribe(NEWS);
    cluster.cut();
    awaitDown(node);

    long before = System.nanoTime();
    assertRefused(Refusal.UNAVAILABLE, await(node.publish(NEWS, "away")));
    assertRefused(Refusal.UNAVAILABLE, node.broker().subscribe(Set.of(Channel.ofTopic("more"))));
    assertRefused(Refusal.UNAVAILABLE, node.control("heartbeat", ""));
    assertRefused(Refusal.UNAVAILABLE, node.control(node.incarnation(), "question", ""));
    assertRefused(Refusal.UNAVAILABLE, node.bulk(node.incarnation(), "snapshot", ""));
    node.unsubscribe(NEWS);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_ONCE);
  }

  @Test
  void whatIsUnderWayEndsOnceAndIsNeverDoubledAndOrderHolds() {
    BrokerNode publisher = join();
    BrokerNode subscriber = joinAside();
    subscriber.subscribe(NEWS);
    List<CompletableFuture<PublishOutcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      outcomes.add(publisher.publish(NEWS, "" + outcomes.size()));
    }

    cluster.cut();
    awaitDown(publisher);
    for (int i = 0; i < 100; i++) {
      outcomes.add(publisher.publish(NEWS, "" + outcomes.size()));
    }
    outcomes.forEach(BrokerNode::await);
    cluster.heal();
    awaitBack(publisher);
    for (int i = 0; i < 100; i++) {
      CompletableFuture<PublishOutcome> outcome = publisher.publish(NEWS, "" + outcomes.size());
      assertThat(await(outcome)).isInstanceOf(PublishOutcome.Accepted.class);
      outcomes.add(outcome);
    }

    await().until(() -> subscriber.texts(NEWS).contains("" + (outcomes.size() - 1)));
    List<Integer> heard = subscriber.texts(NEWS).stream().map(Integer::valueOf).toList();
    assertThat(heard).as("in order, none twice").isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i).join()) {
        case PublishOutcome.Accepted _ -> assertThat(heard).as("it was accepted").contains(i);
        case PublishOutcome.Refused _ ->
            assertThat(heard).as("it was certainly not sent").doesNotContain(i);
        case PublishOutcome.Unknown _ -> {}
      }
    }
  }

  @Test
  void afterwardsEveryChannelIsRoutedAgainAndTheGapIsReportedBefore() {
    BrokerNode node = join();
    BrokerNode publisher = joinAside();
    List<Channel> channels =
        IntStream.range(0, 600).mapToObj(i -> Channel.ofTopic("topic-" + i)).toList();
    node.subscribe(channels);
    Instant before = Instant.now();
    cluster.cut();
    awaitDown(node);
    channels.forEach(channel -> publisher.publishAccepted(channel, "missed"));
    Instant after = Instant.now();

    cluster.heal();
    awaitBack(node);
    channels.forEach(channel -> publisher.publish(channel, "again"));

    List<String> texts =
        cluster.keepsPublications() ? List.of("missed", "again") : List.of("again");
    channels.forEach(channel -> node.heard().awaitPublications(channel, texts.size()));
    channels.forEach(channel -> assertThat(node.texts(channel)).isEqualTo(texts));
    assertThat(publisher.heard().awaitStates(1)).as("it noticed nothing").hasSize(1);
    assertThat(node.heard().gapsBeforeUp()).as("reported before it was up").isEqualTo(shortGaps());
    if (cluster.keepsPublications()) {
      return;
    }
    Gap gap = node.heard().gaps().getFirst();
    assertThat(gap.channels()).isEmpty();
    assertThat(gap.from()).isBeforeOrEqualTo(before);
    assertThat(gap.to()).isAfterOrEqualTo(after);
  }

  /** The gaps that a short outage leaves. */
  private int shortGaps() {
    return cluster.keepsPublications() ? 0 : 1;
  }

  @Test
  void aNodeThatIsCutOffIsGoneForTheOthersUntilItIsBack() {
    BrokerNode node = join();
    BrokerNode other = joinAside();
    await(other.control(node.incarnation(), "question", ""));
    cluster.cut();
    awaitDown(node);

    await()
        .atMost(Broker.CONTROL_TIMEOUT)
        .untilAsserted(
            () -> assertGone(node.incarnation(), other.control(node.incarnation(), "lost", "")));
    assertGone(node.incarnation(), other.bulk(node.incarnation(), "lost", ""));

    cluster.heal();
    awaitBack(node);
    int before = node.heard().controls().size();
    await(other.control(node.incarnation(), "again", ""));
    await(other.bulk(node.incarnation(), "again", ""));
    await(node.control("heartbeat", ""));
    assertThat(node.heard().awaitControls(before + 2)).hasSize(before + 2);
    assertThat(node.heard().awaitBulk(1)).hasSize(1);
    other.heard().awaitControls(1);
  }

  @Test
  void aStalledBusBlocksNobodyAndIsNoticed() {
    BrokerNode node = join();
    node.subscribe(NEWS);
    cluster.stall();

    long before = System.nanoTime();
    List<CompletableFuture<PublishOutcome>> outcomes = new ArrayList<>();
    List<CompletionStage<Void>> stages = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      outcomes.add(node.publish(NEWS, "x".repeat(1_000)));
      stages.add(node.control(node.incarnation(), "question", "x".repeat(1_000)));
      stages.add(node.bulk(node.incarnation(), "piece", "x".repeat(1_000)));
    }
    CompletionStage<Void> subscribed = node.broker().subscribe(Set.of(Channel.ofTopic("more")));
    CompletionStage<Void> left = node.broker().unsubscribe(Set.of(Channel.ofTopic("less")));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_ONCE.multipliedBy(2));

    awaitDown(node);
    outcomes.forEach(BrokerNode::await);
    assertThat(outcomes.getFirst().join())
        .as("nobody knows how far it came")
        .isInstanceOf(PublishOutcome.Unknown.class);
    assertAllFail(stages);
    if (!cluster.keepsPublications()) { // Else the channel's publications come after the outage.
      assertAllFail(List.of(subscribed));
    }
    await(left);

    cluster.heal();
    awaitBack(node);
    assertThat(node.heard().gapsBeforeUp()).isEqualTo(shortGaps());
    int heard = node.texts(NEWS).size();
    node.publishAccepted(NEWS, "again");
    assertThat(node.awaitTexts(NEWS, heard + 1)).endsWith("again");
  }

  /** Each has to end: one that is never answered fails this assertion. */
  private static void assertAllFail(List<CompletionStage<Void>> stages) {
    List<CompletableFuture<Void>> all =
        stages.stream().map(CompletionStage::toCompletableFuture).toList();
    await().atMost(END).until(() -> all.stream().allMatch(CompletableFuture::isDone));
    assertThat(all).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void closingDuringACutEndsInTime() {
    BrokerNode node = join();
    cluster.cut();
    awaitDown(node);

    assertClosesInTime(node);
  }

  @Test
  void closingOnAStalledBusEndsInTimeAndAnswersWhatIsUnderWay() {
    BrokerNode node = join();
    cluster.stall();
    List<CompletableFuture<PublishOutcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      outcomes.add(node.publish(NEWS, "" + i));
    }

    assertClosesInTime(node);

    outcomes.forEach(
        outcome -> assertThat(await(outcome)).isNotInstanceOf(PublishOutcome.Accepted.class));
  }

  @Test
  void closingBeforeTheBusIsReachedEndsInTime() {
    cluster.cut();
    BrokerNode node = newNode();
    CompletionStage<Void> started = node.begin();

    assertClosesInTime(node);

    assertRefused(Refusal.UNAVAILABLE, started);
  }

  private static void assertClosesInTime(BrokerNode node) {
    long before = System.nanoTime();
    node.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(END);
  }

  @Test
  void aBusThatForgetsEverythingIsBuiltUpAgain() {
    List<BrokerNode> all = List.of(join(), join(), joinAside());
    all.forEach(node -> node.subscribe(NEWS));
    // A node that has heard nothing may miss nothing, and notice nothing, where the restart is
    // quick.
    all.getFirst().publishAccepted(NEWS, "before");
    all.forEach(node -> node.awaitTexts(NEWS, 1));

    cluster.restart();

    all.forEach(OutageContract::awaitBack);
    for (BrokerNode node : all) {
      assertThat(node.heard().gapsBeforeUp()).isEqualTo(1);
      node.publishAccepted(NEWS, "from " + node.incarnation());
      await(node.control("heartbeat", ""));
      await(node.bulk(all.getFirst().incarnation(), "snapshot", ""));
    }
    for (BrokerNode node : all) {
      int texts = 1 + all.size();
      assertThat(node.awaitTexts(NEWS, texts)).hasSize(texts);
      assertThat(node.heard().awaitControls(all.size())).hasSize(all.size());
    }
    assertThat(all.getFirst().heard().awaitBulk(all.size())).hasSize(all.size());
  }
}
