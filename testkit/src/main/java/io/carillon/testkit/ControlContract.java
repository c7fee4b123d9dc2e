package io.carillon.testkit;

import static io.carillon.testkit.BrokerNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What control messages may rely on. */
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
  default void controlMessagesArriveWhilePublicationsAreBackloggedAtTheReceiver() {
    BrokerNode sender = join();
    BrokerNode stalled = join();
    Channel channel = Channel.ofTopic("backlog");
    int count = 5_000;
    stalled.subscribe(channel);
    stalled.heard().hold();
    for (int i = 0; i < count; i++) {
      sender.publish(channel, "message " + i);
    }

    await(sender.control("heartbeat", "still alive"));

    assertThat(stalled.heard().awaitControls(1)).hasSize(1);
    stalled.heard().release();
    stalled.heard().awaitPublications(channel, count);
  }
}
