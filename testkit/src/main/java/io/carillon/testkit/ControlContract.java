package io.carillon.testkit;

import static io.carillon.testkit.BrokerNode.await;
import static io.carillon.testkit.Refusals.assertGone;
import static io.carillon.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.Broker;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The guarantees for control messages. */
interface ControlContract extends ClusterOfNodes {

  @Test
  default void controlMessagesReachEveryNodeAndTheirSenderToo() {
    BrokerNode sender = join();
    List<BrokerNode> all = List.of(sender, join(), join());

    await(sender.control("heartbeat", "\u266a"));
    await(all.getLast().control("answer", ""));

    for (BrokerNode node : all) {
      assertThat(node.heard().awaitControls(2))
          .as("once each")
          .hasSize(2)
          .extracting(ControlMessage::type)
          .containsExactlyInAnyOrder("heartbeat", "answer");
      ControlMessage heartbeat =
          node.heard().controls().stream()
              .filter(message -> message.type().equals("heartbeat"))
              .findFirst()
              .orElseThrow();
      assertThat(heartbeat.payload().asText()).isEqualTo("\u266a");
      assertThat(heartbeat.id().node()).isEqualTo(sender.incarnation());
    }
  }

  @Test
  default void oneSendersControlMessagesArriveInOrder() {
    BrokerNode sender = join();
    BrokerNode receiver = join();
    int count = 2_000;

    List<CompletionStage<Void>> sent =
        IntStream.range(0, count).mapToObj(i -> sender.control("step", "" + i)).toList();

    sent.forEach(BrokerNode::await);
    assertThat(receiver.heard().awaitControls(count))
        .extracting(message -> message.payload().asText())
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> "" + i).toList());
  }

  @Test
  default void anAddressedControlMessageReachesItsNodeAndNoOtherInOrderWithThoseForAll() {
    BrokerNode sender = join();
    BrokerNode receiver = join();
    BrokerNode other = join();

    await(sender.control("one", ""));
    await(sender.control(receiver.incarnation(), "two", "\u266a"));
    await(sender.control(sender.incarnation(), "own", ""));
    await(sender.control("three", ""));

    List<ControlMessage> heard = receiver.heard().awaitControls(3);
    assertThat(types(heard)).containsExactly("one", "two", "three");
    assertThat(heard.get(1).payload().asText()).isEqualTo("\u266a");
    assertThat(heard.get(1).id().node()).isEqualTo(sender.incarnation());
    assertThat(types(other.heard().awaitControls(2))).containsExactly("one", "three");
    assertThat(types(sender.heard().awaitControls(3))).containsExactly("one", "own", "three");
    assertThat(receiver.heard().bulk()).isEmpty();
  }

  /**
   * Waits until the sender's server has heard that a node is gone. Nothing is to be waited for
   * where all nodes use one server, or where servers agree on it before the node is gone.
   */
  default void awaitUnreachable(BrokerNode sender, Incarnation vanished) {}

  @Test
  default void whatIsSentToANodeThatHasVanishedFailsInTime() {
    BrokerNode sender = join();
    BrokerNode vanished = join();
    await(sender.control(vanished.incarnation(), "hello", ""));
    await(sender.bulk(vanished.incarnation(), "hello", ""));
    vanished.close();
    awaitUnreachable(sender, vanished.incarnation());
    Incarnation never = new Incarnation(7, 7);

    long before = System.nanoTime();
    for (Incarnation gone : List.of(vanished.incarnation(), never)) {
      assertGone(gone, sender.control(gone, "hello", ""));
      assertGone(gone, sender.bulk(gone, "hello", ""));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Broker.CONTROL_TIMEOUT);

    await(sender.control("heartbeat", ""));
    assertThat(types(sender.heard().awaitControls(1))).containsExactly("heartbeat");
  }

  @Test
  default void theLongestControlMessageIsCarriedAndALongerOneIsRefused() {
    BrokerNode sender = join();
    BrokerNode receiver = join();
    String longest = "x".repeat(Broker.MAX_CONTROL_BYTES);

    assertRefused(Refusal.TOO_LARGE, sender.control("long", longest + "x"));
    assertRefused(Refusal.TOO_LARGE, sender.control(receiver.incarnation(), "long", longest + "x"));
    await(sender.control("all", longest));
    await(sender.control(receiver.incarnation(), "one", longest));

    assertThat(types(receiver.heard().awaitControls(2))).containsExactly("all", "one");
  }

  private static List<String> types(List<ControlMessage> messages) {
    return messages.stream().map(ControlMessage::type).toList();
  }

  @Test
  default void controlMessagesArriveWhilePublicationsAreBackloggedAtTheReceiver() {
    BrokerNode sender = join();
    BrokerNode stalled = join();
    Channel channel = Channel.ofTopic("backlog");
    int count = 5_000;
    stalled.subscribe(channel);
    stalled.heard().holdPublications();
    for (int i = 0; i < count; i++) {
      sender.publish(channel, "message " + i);
    }

    await(sender.control("heartbeat", "still alive"));

    assertThat(stalled.heard().awaitControls(1)).hasSize(1);
    stalled.heard().release();
    stalled.heard().awaitPublications(channel, count);
  }
}
