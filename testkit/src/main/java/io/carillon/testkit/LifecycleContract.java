package io.carillon.testkit;

import static io.carillon.testkit.BrokerNode.await;
import static io.carillon.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.BrokerState;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a broker starts and closes. */
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

    assertRefused(Refusal.UNAVAILABLE, await(node.publish(Channel.ofTopic("late"), "hello")));
  }

  @Test
  default void subscribesAndControlMessagesAfterCloseFail() {
    BrokerNode node = join();
    node.close();

    assertRefused(Refusal.UNAVAILABLE, node.broker().subscribe(List.of(Channel.ofTopic("late"))));
    assertRefused(Refusal.UNAVAILABLE, node.control("late", "hello"));
    assertRefused(Refusal.UNAVAILABLE, node.control(node.incarnation(), "late", "hello"));
    assertRefused(Refusal.UNAVAILABLE, node.bulk(node.incarnation(), "late", "hello"));
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
}
