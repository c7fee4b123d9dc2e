package io.carillon.testkit;

import static io.carillon.testkit.BrokerNode.await;
import static io.carillon.testkit.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which nodes receive which publications. */
interface RoutingContract extends ClusterOfNodes {

  @Test
  default void ownPublicationsComeBack() {
    BrokerNode node = join();
    Channel lobby = Channel.ofTopic("lobby");
    node.subscribe(lobby);

    node.publishAccepted(lobby, "hello");

    assertThat(node.awaitTexts(lobby, 1)).containsExactly("hello");
  }

  @Test
  default void everySubscribedNodeHearsAndNoOtherDoes() {
    BrokerNode publisher = join();
    List<BrokerNode> subscribers = List.of(join(), join());
    BrokerNode other = join();
    Channel sports = Channel.ofTopic("sports");
    Channel fence = Channel.ofTopic("fence");
    subscribers.forEach(node -> node.subscribe(sports));
    other.subscribe(fence);

    publisher.publishAccepted(sports, "goal");
    publisher.publishAccepted(fence, "end");

    subscribers.forEach(node -> assertThat(node.awaitTexts(sports, 1)).containsExactly("goal"));
    other.awaitTexts(fence, 1);
    assertThat(other.heard().counts()).containsOnlyKeys(fence);
    assertThat(publisher.heard().counts()).isEmpty();
  }

  @Test
  default void publishesToChannelsWithoutSubscribersAreAccepted() {
    BrokerNode node = join();

    node.publishAccepted(Channel.ofTopic("nobody"), "is here");
  }

  @Test
  default void subscribedMeansRoutedEveryTime() {
    BrokerNode publisher = join();
    BrokerNode subscriber = join();
    int rounds = 1_000;

    for (int i = 0; i < rounds; i++) {
      Channel fresh = Channel.ofTopic("fresh-" + i);
      subscriber.subscribe(fresh);
      publisher.publish(fresh, "at once");
    }

    for (int i = 0; i < rounds; i++) {
      subscriber.heard().awaitPublications(Channel.ofTopic("fresh-" + i), 1);
    }
  }

  @Test
  default void tenThousandChannelsSubscribedInOneCallAreAllRouted() {
    BrokerNode publisher = join();
    BrokerNode subscriber = join();
    List<Channel> channels =
        IntStream.range(0, 10_000).mapToObj(i -> Channel.ofTopic("many-" + i)).toList();

    subscriber.subscribe(channels);
    channels.forEach(channel -> publisher.publish(channel, "hello"));

    channels.forEach(channel -> subscriber.heard().awaitPublications(channel, 1));
  }

  @Test
  default void subscribesInFlightTogetherAreEachRoutedWhenTheyComplete() {
    BrokerNode publisher = join();
    BrokerNode subscriber = join();
    List<Channel> channels =
        IntStream.range(0, 500).mapToObj(i -> Channel.ofTopic("flight-" + i)).toList();

    List<CompletionStage<Void>> published =
        channels.stream()
            .map(
                channel ->
                    subscriber
                        .broker()
                        .subscribe(Set.of(channel))
                        .thenAccept(done -> publisher.publish(channel, "at once")))
            .toList();

    published.forEach(BrokerNode::await);
    channels.forEach(channel -> subscriber.heard().awaitPublications(channel, 1));
  }

  @Test
  default void unsubscribedChannelsAreNoLongerHeard() {
    BrokerNode publisher = join();
    BrokerNode subscriber = join();
    Channel left = Channel.ofTopic("left");
    Channel fence = Channel.ofTopic("fence");
    subscriber.subscribe(left, fence);

    subscriber.unsubscribe(left);
    publisher.publishAccepted(left, "too late");
    publisher.publishAccepted(fence, "end");

    subscriber.awaitTexts(fence, 1);
    assertThat(subscriber.texts(left)).isEmpty();
  }

  @Test
  default void subscribingAgainRightAfterUnsubscribingIsRouted() {
    BrokerNode publisher = join();
    BrokerNode subscriber = join();
    Channel channel = Channel.ofTopic("back-and-forth");
    subscriber.subscribe(channel);

    for (int i = 1; i <= 200; i++) {
      subscriber.broker().unsubscribe(Set.of(channel));
      subscriber.subscribe(channel);
      publisher.publishAccepted(channel, "round " + i);
      subscriber.awaitTexts(channel, i);
    }
  }

  @Test
  default void subscribingTwiceIsEndedByOneUnsubscribe() {
    BrokerNode node = join();
    Channel twice = Channel.ofTopic("twice");
    Channel fence = Channel.ofTopic("fence");
    node.subscribe(twice, fence);
    node.subscribe(twice);

    node.publishAccepted(twice, "once");
    assertThat(node.awaitTexts(twice, 1)).containsExactly("once");
    node.unsubscribe(twice);
    node.publishAccepted(twice, "too late");
    node.publishAccepted(fence, "end");

    node.awaitTexts(fence, 1);
    assertThat(node.texts(twice)).containsExactly("once");
  }

  @Test
  default void subscribingToNothingCompletes() {
    BrokerNode node = join();

    node.subscribe(List.of());
    node.unsubscribe();
  }

  @Test
  default void theLargestPayloadIsCarriedAndALargerOneIsRefused() {
    BrokerNode node = join();
    Channel channel = Channel.ofTopic("large");
    node.subscribe(channel);
    int largest = node.broker().capabilities().maxPayload();

    assertRefused(Refusal.TOO_LARGE, await(node.publish(publication(node, channel, largest + 1))));
    assertThat(await(node.publish(publication(node, channel, largest)))).isInstanceOf(ACCEPTED);
    node.publishAccepted(channel, "goes on");

    List<Publication> heard = node.heard().awaitPublications(channel, 2);
    assertThat(heard).extracting(p -> p.payload().size()).containsExactly(largest, 7);
    assertThat(node.heard().awaitStates(1)).as("nothing broke").hasSize(1);
  }

  private static Publication publication(BrokerNode node, Channel channel, int bytes) {
    Payload payload = Payload.of(Payload.Type.BINARY, new byte[bytes]);
    return new Publication(
        new MessageId(node.incarnation(), 1), channel, "", payload, "", "", 0, null);
  }

  @Test
  default void everyFieldOfAPublicationSurvives() {
    BrokerNode publisher = join();
    BrokerNode subscriber = join();
    Channel channel = new Channel("app-1", "presence-room");
    byte[] anyBytes = new byte[256];
    for (int i = 0; i < anyBytes.length; i++) {
      anyBytes[i] = (byte) i;
    }
    List<Payload> payloads =
        List.of(
            Payload.text("gr\u00fc\u00dfe \ud83d\udd14"),
            Payload.of(Payload.Type.BINARY, anyBytes),
            Payload.of(Payload.Type.JSON, "{\"a\":[1,null]}".getBytes(UTF_8)),
            Payload.of(Payload.Type.BINARY, new byte[0]),
            Payload.of(Payload.Type.TEXT, new byte[300_000]));
    subscriber.subscribe(channel);

    List<Publication> sent =
        IntStream.range(0, payloads.size())
            .mapToObj(
                i ->
                    new Publication(
                        new MessageId(publisher.incarnation(), Long.MAX_VALUE - i),
                        channel,
                        "client-typing",
                        payloads.get(i),
                        "Ann\u00e9 \"the\" \ud83d\ude00",
                        "123.456",
                        1_700_000_000_123L + i,
                        null))
            .toList();
    sent.forEach(p -> assertThat(await(publisher.publish(p))).isInstanceOf(ACCEPTED));

    List<Publication> heard = subscriber.heard().awaitPublications(channel, sent.size());
    assertThat(heard.stream().map(RoutingContract::withoutPosition))
        .containsExactlyElementsOf(sent);
  }

  /** The outcome that a publish should have. */
  Class<PublishOutcome.Accepted> ACCEPTED = PublishOutcome.Accepted.class;

  private static Publication withoutPosition(Publication p) {
    return new Publication(
        p.id(),
        p.channel(),
        p.event(),
        p.payload(),
        p.sender(),
        p.excludedSubscriber(),
        p.publishedAtMillis(),
        null);
  }
}
