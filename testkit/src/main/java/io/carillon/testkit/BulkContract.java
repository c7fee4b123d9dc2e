package io.carillon.testkit;

import static io.carillon.testkit.BrokerNode.await;
import static io.carillon.testkit.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.Broker;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What bulk messages may rely on, and what other lanes may rely on beside them. */
interface BulkContract extends ClusterOfNodes {

  /** More than any bus may hold for a node that reads nothing. */
  int TOO_MANY = 2_000;

  @Test
  default void bulkMessagesReachTheNodeThatTheyAreForAndNoOther() {
    BrokerNode sender = join();
    BrokerNode receiver = join();
    BrokerNode other = join();

    await(sender.bulk(receiver.incarnation(), "snapshot", "\u266a"));
    await(sender.bulk(other.incarnation(), "fence", ""));
    await(sender.bulk(sender.incarnation(), "own", ""));

    ControlMessage snapshot = receiver.heard().awaitBulk(1).getFirst();
    assertThat(snapshot.type()).isEqualTo("snapshot");
    assertThat(snapshot.payload().asText()).isEqualTo("\u266a");
    assertThat(snapshot.id().node()).isEqualTo(sender.incarnation());
    assertThat(types(other.heard().awaitBulk(1))).containsExactly("fence");
    assertThat(types(sender.heard().awaitBulk(1))).containsExactly("own");
    assertThat(receiver.heard().bulk()).hasSize(1);
    assertThat(receiver.heard().controls()).isEmpty();
  }

  @Test
  default void oneSendersBulkMessagesArriveInOrder() {
    BrokerNode sender = join();
    BrokerNode receiver = join();
    int count = 500;

    List<CompletionStage<Void>> sent =
        IntStream.range(0, count)
            .mapToObj(i -> sender.bulk(receiver.incarnation(), "piece", "" + i))
            .toList();

    sent.forEach(BrokerNode::await);
    assertThat(receiver.heard().awaitBulk(count))
        .extracting(message -> message.payload().asText())
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> "" + i).toList());
  }

  @Test
  default void theLongestPieceIsCarriedAndALongerOneIsRefused() {
    BrokerNode sender = join();
    BrokerNode receiver = join();

    assertRefused(
        Refusal.TOO_LARGE,
        sender.bulk(receiver.incarnation(), "piece", "x".repeat(Broker.MAX_BULK_BYTES + 1)));
    await(sender.bulk(receiver.incarnation(), "piece", "x".repeat(Broker.MAX_BULK_BYTES)));

    assertThat(receiver.heard().awaitBulk(1))
        .singleElement()
        .satisfies(piece -> assertThat(piece.payload().size()).isEqualTo(Broker.MAX_BULK_BYTES));
  }

  @Test
  default void aFullBulkLaneRefusesAndNeitherLaneLosesOrDelaysAnything() {
    BrokerNode sender = join();
    BrokerNode stalled = join();
    stalled.heard().holdBulk();
    String piece = "x".repeat(Broker.MAX_BULK_BYTES);
    List<CompletionStage<Void>> pieces = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < TOO_MANY && refused == 0; i++) {
      CompletionStage<Void> sent = sender.bulk(stalled.incarnation(), "piece", piece);
      pieces.add(sent);
      refused += isRefused(sent) ? 1 : 0;
    }
    assertThat(refused).as("refused of %s", pieces.size()).isPositive();

    int heartbeats = 500;
    for (int i = 0; i < heartbeats; i++) {
      await(sender.control("heartbeat", ""));
    }
    stalled.heard().awaitControls(heartbeats);

    stalled.heard().release();
    stalled.heard().awaitBulk(pieces.size() - refused);
    await(sender.bulk(stalled.incarnation(), "fence", ""));
    assertThat(types(stalled.heard().awaitBulk(pieces.size() - refused + 1)).getLast())
        .isEqualTo("fence");
    assertThat(stalled.heard().bulk()).hasSize(pieces.size() - refused + 1);
  }

  private static boolean isRefused(CompletionStage<Void> sent) {
    try {
      sent.toCompletableFuture().join();
      return false;
    } catch (CompletionException e) {
      assertRefused(Refusal.OVERLOADED, sent);
      return true;
    }
  }

  @Test
  default void bulkMessagesArriveWhileTheOtherLanesAreBackloggedAtTheReceiver() {
    BrokerNode sender = join();
    BrokerNode stalled = join();
    Channel channel = Channel.ofTopic("backlog");
    int count = 2_000;
    List<CompletableFuture<Boolean>> sent = new ArrayList<>();
    stalled.subscribe(channel);
    stalled.heard().holdPublications();
    stalled.heard().holdControls();
    for (int i = 0; i < count; i++) {
      sender.publish(channel, "message " + i);
      sent.add(
          sender
              .control("heartbeat", "" + i)
              .handle((done, failure) -> failure == null)
              .toCompletableFuture());
    }

    await(sender.bulk(stalled.incarnation(), "snapshot", ""));

    stalled.heard().awaitBulk(1);
    stalled.heard().release();
    stalled.heard().awaitPublications(channel, count);
    // On a slow machine some fail, since they wait for the bus for too long.
    int accepted = (int) sent.stream().filter(CompletableFuture::join).count();
    assertThat(accepted).isPositive();
    stalled.heard().awaitControls(accepted);
  }

  private static List<String> types(List<ControlMessage> messages) {
    return messages.stream().map(ControlMessage::type).toList();
  }
}
