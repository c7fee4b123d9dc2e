package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.BrokerState;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerNode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a broker's parts, over links that the test makes and breaks. */
@Timeout(20)
final class EngineTest {

  private static final Channel NEWS = Channel.ofTopic("news");

  private final FakeBroker broker = new FakeBroker();
  private final BrokerNode node = new BrokerNode(new Incarnation(1, 2), broker);

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void anErrorWhileConnectingIsNoReasonToStopConnecting() {
    broker.failNext(new OutOfMemoryError("unable to create native thread, on purpose"));

    node.start();

    assertThat(node.heard().awaitStates(2)).containsExactly(BrokerState.DOWN, BrokerState.UP);
  }

  @Test
  void anErrorWhileReconnectingIsPartOfTheOutage() {
    node.start();
    broker.failNext(new StackOverflowError("on purpose"));
    broker.failNext(new IOException("Connection refused"));

    broker.awaitLink(1).lose("cut");

    assertThat(node.heard().awaitStates(3))
        .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
    assertThat(node.heard().gapsBeforeUp()).isEqualTo(1);
  }

  @Test
  void anOutageWhosePublicationsWereReadAfterwardsIsNoGap() {
    node.start();
    broker.keepPublications();

    broker.awaitLink(1).lose("cut");

    assertThat(node.heard().awaitStates(3))
        .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
    assertThat(node.heard().gaps()).isEmpty();
  }

  @Test
  void aLinkThatIsBlockedWhenItComesUpRefusesPublishes() {
    broker.blockNext("low on memory");

    node.start();

    assertThat(BrokerNode.await(node.publish(NEWS, "hello")))
        .isInstanceOfSatisfying(
            PublishOutcome.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo("low on memory"));
    assertThat(broker.brokerStats().publishing().blocked()).isTrue();
  }

  @Test
  void aLostLinkSaysNothingOfTheNext() {
    node.start();
    FakeLink first = broker.awaitLink(1);
    first.lose("cut");
    node.heard().awaitStates(3);

    first.block("late");

    node.publishAccepted(NEWS, "hello");
  }

  @Test
  void publicationsAreRefusedUntilTheOtherNodesHaveAnsweredAndControlMessagesAreNot() {
    broker.admitLater();
    node.start();

    assertThat(BrokerNode.await(node.publish(NEWS, "too early")))
        .isInstanceOfSatisfying(
            PublishOutcome.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo("not all other nodes have answered this node yet"));
    BrokerNode.await(node.control("heartbeat", ""));
    broker.awaitLink(1).admit();

    await()
        .until(
            () -> BrokerNode.await(node.publish(NEWS, "hello")) instanceof PublishOutcome.Accepted);
  }

  @Test
  void aLinkThatIsLostBeforeItIsAdmittedIsMadeAnew() {
    broker.admitLater();
    node.start();

    broker.awaitLink(1).lose("cut");

    assertThat(node.heard().awaitStates(3))
        .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
    broker.awaitLink(2).admit();
    await()
        .until(
            () -> BrokerNode.await(node.publish(NEWS, "hello")) instanceof PublishOutcome.Accepted);
  }

  @Test
  void closingEndsEverythingThoughTheThreadIsInterrupted() {
    node.start();
    FakeLink link = broker.awaitLink(1);

    Thread.currentThread().interrupt();
    broker.close();

    assertThat(Thread.interrupted()).as("the thread still knows").isTrue();
    await().untilAsserted(() -> assertThat(link.isClosed()).isTrue());
    await().untilAsserted(() -> assertThat(FakeBroker.threads()).isEmpty());
  }

  @Test
  void theDialerIsClosedOnceBehindTheLastLink() {
    node.start();
    FakeLink link = broker.awaitLink(1);

    broker.close();
    broker.close();

    assertThat(link.isClosed()).isTrue();
    assertThat(broker.closes()).isEqualTo(1);
  }

  @Test
  void whatIsClosedBeforeItIsStartedStaysClosed() {
    broker.close();

    CompletableFuture<Void> started = node.begin().toCompletableFuture();

    assertThatThrownBy(started::join).hasCauseInstanceOf(BrokerRefusedException.class);
    await().untilAsserted(() -> assertThat(FakeBroker.threads()).isEmpty());
    assertThat(broker.links()).isEmpty();
  }

  @Test
  void closingWaitsForAnswersThatCome() throws Exception {
    node.start();
    FakeLink link = broker.awaitLink(1);
    CountDownLatch written = link.holdAnswers();
    CompletableFuture<PublishOutcome> outcome = node.publish(NEWS, "last");
    written.await();
    Thread closing = Thread.ofVirtual().start(broker::close);

    link.answer();

    assertThat(BrokerNode.await(outcome)).isInstanceOf(PublishOutcome.Accepted.class);
    closing.join();
    assertThat(link.isClosed()).isTrue();
  }
}
