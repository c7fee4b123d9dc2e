package io.carillon.testkit;

import static io.carillon.testkit.BrokerNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.broker.BrokerState;
import io.carillon.broker.BrokerUnavailableException;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How a broker comes and goes. */
interface LifecycleContract extends ClusterOfNodes {

  @Test
  default void isUpOnceStarted() {
    assertThat(join().heard().awaitStates(1)).containsExactly(BrokerState.UP);
  }

  @Test
  default void goesDownWhenClosed() {
    BrokerNode node = join();

    node.close();

    assertThat(node.heard().awaitStates(2)).containsExactly(BrokerState.UP, BrokerState.DOWN);
  }

  @Test
  default void closingTwiceIsClosingOnce() {
    BrokerNode node = join();

    node.close();
    node.close();

    assertThat(node.heard().awaitStates(2)).hasSize(2);
  }

  @Test
  default void publishesAfterCloseAreRefused() {
    BrokerNode node = join();
    node.close();

    assertThat(await(node.publish(Channel.ofTopic("late"), "hello")))
        .isInstanceOf(PublishOutcome.Refused.class);
  }

  @Test
  default void subscribesAndControlMessagesAfterCloseFail() {
    BrokerNode node = join();
    node.close();

    assertUnavailable(node.broker().subscribe(List.of(Channel.ofTopic("late"))));
    assertUnavailable(node.control("late", "hello"));
  }

  @Test
  default void unsubscribingAfterCloseCompletes() {
    BrokerNode node = join();
    Channel channel = Channel.ofTopic("left");
    node.subscribe(channel);
    node.close();

    node.unsubscribe(channel);
  }

  @Test
  default void theOthersGoOnWhenANodeCloses() {
    BrokerNode leaver = join();
    BrokerNode stayer = join();
    Channel channel = Channel.ofTopic("shared");
    leaver.subscribe(channel);
    stayer.subscribe(channel);

    leaver.close();
    stayer.publishAccepted(channel, "still here");

    assertThat(stayer.awaitTexts(channel, 1)).containsExactly("still here");
    assertThat(leaver.texts(channel)).isEmpty();
  }

  private static void assertUnavailable(CompletionStage<Void> stage) {
    assertThatThrownBy(() -> stage.toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(BrokerUnavailableException.class);
  }
}
