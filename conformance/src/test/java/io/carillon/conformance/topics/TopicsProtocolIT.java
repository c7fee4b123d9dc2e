package io.carillon.conformance.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Frames;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The topics protocol as a node of ours speaks it, also to clients that don't wait for answers. */
@Tag("any-broker")
class TopicsProtocolIT extends TopicsProtocolContract {

  @RegisterExtension static final Cluster cluster = Cluster.of(1);

  @Override
  protected Cluster cluster() {
    return cluster;
  }

  @Test
  void commandsOfOneClientTakeEffectInTheirOrder() {
    Client bob = cluster.join(1, "Bob").subscribe("ordered");
    RawClient alice = cluster.dial(1).open("Alice");

    alice.send(
        Frames.text("{\"action\":\"subscribe\",\"topic\":\"ordered\"}"),
        Frames.text("{\"action\":\"publish\",\"topic\":\"ordered\",\"message\":\"1\"}"),
        Frames.text("{\"action\":\"publish\",\"topic\":\"ordered\",\"message\":\"2\"}"),
        Frames.text("{\"action\":\"unsubscribe\",\"topic\":\"ordered\"}"),
        Frames.text("{\"action\":\"publish\",\"topic\":\"ordered\",\"message\":\"3\"}"),
        Frames.text("{\"action\":\"list\"}"),
        Frames.text("done"));

    bob.expect("[ordered] Alice: 1", "[ordered] Alice: 2", "[lobby] Alice: done");
    // Her own echoes come through the broker, and may arrive after she has left the topic.
    assertThat(Stream.generate(alice::readText).takeWhile(line -> !line.endsWith("done")))
        .filteredOn(line -> line.startsWith("System: "))
        .containsExactly(
            "System: Subscribed to \"ordered\".",
            "System: Unsubscribed from \"ordered\".",
            "System: Subscribe to \"ordered\" before publishing to it.",
            "System: Current subscriptions: lobby");
  }

  @Test
  void losesNothingThatWasSentTogetherWithTheHandshake() {
    for (int round = 0; round < 20; round++) {
      String topic = "early" + round;
      RawClient alice = cluster.dial(1);

      alice.send(
          RawClient.handshake("/?name=Alice"),
          Frames.text(Json.object("action", "subscribe", "topic", topic)),
          Frames.text("{\"action\":\"list\"}"),
          Frames.text(Json.object("action", "publish", "topic", topic, "message", "at once")));

      assertThat(alice.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(Stream.generate(alice::readText).limit(6))
          .containsExactly(
              "Welcome, Alice!",
              "System: Subscribed to \"lobby\".",
              "System: Send JSON messages to subscribe, unsubscribe, publish, or list"
                  + " subscriptions.",
              "System: Subscribed to \"" + topic + "\".",
              "System: Current subscriptions: " + topic + ", lobby",
              "[" + topic + "] Alice: at once");
      alice.close();
    }
  }
}
