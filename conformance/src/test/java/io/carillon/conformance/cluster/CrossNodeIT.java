package io.carillon.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.broker.OnlyOverRabbitMq;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.rabbitmq.Capture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of different nodes, which know nothing of nodes. */
@Tag("any-broker")
class CrossNodeIT {

  @RegisterExtension static final Cluster cluster = Cluster.of(2, "--unbind-linger", "200ms");

  @Test
  void plainTextReachesEveryClientOfEveryNode() {
    Client alice = cluster.join(1, "Alice");
    Client bob = cluster.join(2, "Bob");
    Client carol = cluster.join(2, "Carol");

    alice.send("hi");

    alice.expect("[lobby] Alice: hi");
    bob.expect("[lobby] Alice: hi");
    carol.expect("[lobby] Alice: hi");
  }

  @Test
  void aliceAndBobMeetInSportsUntilBobLeaves() {
    Client alice = cluster.join(1, "Alice");
    Client bob = cluster.join(2, "Bob");
    alice.subscribe("sports");
    bob.subscribe("sports");

    alice.publish("sports", "Hello");
    alice.expect("[sports] Alice: Hello");
    bob.expect("[sports] Alice: Hello");

    bob.unsubscribe("sports");
    alice.publish("sports", "Still there?").expect("[sports] Alice: Still there?");
    alice.send("the next that Bob hears");
    bob.expect("[lobby] Alice: the next that Bob hears");
  }

  @Test
  void onlySubscribersHear() {
    Client alice = cluster.join(1, "Alice");
    Client bob = cluster.join(2, "Bob");
    Client carol = cluster.join(2, "Carol");
    alice.subscribe("sports");
    bob.subscribe("sports");
    carol.subscribe("music");

    alice.publish("sports", "goal");
    bob.expect("[sports] Alice: goal");
    alice.expect("[sports] Alice: goal").send("marker");
    carol.expect("[lobby] Alice: marker");
  }

  @OnlyOverRabbitMq
  @Test
  void neighboursOnOneNodeHearEachOtherThroughRabbit() throws Exception {
    Client alice = cluster.join(1, "Alice").subscribe("near");
    Client bob = cluster.join(1, "Bob").subscribe("near");
    try (Capture capture = new Capture(cluster.vhost(), "near")) {

      alice.publish("near", "hello");

      alice.expect("[near] Alice: hello");
      bob.expect("[near] Alice: hello");
      assertThat(capture.next().getEnvelope().getRoutingKey()).isEqualTo("near");
    }
  }

  @Test
  void aTopicOf300BytesWorksAndHurtsNobody() {
    String longTopic = "t".repeat(300);
    Client alice = cluster.join(1, "Alice").subscribe(longTopic);
    Client bob = cluster.join(2, "Bob").subscribe(longTopic);

    alice.publish(longTopic, "hello").expect("[" + longTopic + "] Alice: hello");
    bob.expect("[" + longTopic + "] Alice: hello");

    for (int i = 0; i < 5; i++) {
      String fresh = "fresh" + i;
      alice.subscribe(fresh);
      bob.subscribe(fresh).publish(fresh, "x").expect("[" + fresh + "] Bob: x");
      alice.expect("[" + fresh + "] Bob: x");
    }
  }

  @Test
  void topicsThatShareTheirFirst500BytesAreTwo() {
    String prefix = "t".repeat(500);
    Client alice = cluster.join(1, "Alice").subscribe(prefix + "a").subscribe(prefix + "b");
    Client bob = cluster.join(2, "Bob").subscribe(prefix + "b");

    alice.publish(prefix + "a", "not Bob's").expect("[" + prefix + "a] Alice: not Bob's");
    alice.publish(prefix + "b", "Bob's").expect("[" + prefix + "b] Alice: Bob's");
    bob.expect("[" + prefix + "b] Alice: Bob's");
  }

  @Test
  void refusesATopicThatIsTooLongAndGoesOn() {
    cluster
        .join(1, "Alice")
        .sendSubscribe("t".repeat(513))
        .expect("System: Topic names may have at most 512 bytes.")
        .subscribe("short");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "*",
        "a.*",
        "a.#",
        "*.b",
        "#.#",
        ".",
        "..",
        "a.b",
        "{x}",
        "%2F",
        "%",
        "🔔 emoji",
        "line\nbreak",
        "nul\u0000byte",
        "\u202Eright-to-left",
        "e\u0301 is not \u00E9",
        "__proto__",
        "\" quoted \\"
      })
  void topicsAreNamesAndNeverPatterns(String topic) {
    Client alice = cluster.join(1, "Alice").subscribe(topic).subscribe("a.b.c").subscribe("plain");
    Client bob = cluster.join(2, "Bob").subscribe(topic);

    alice.publish("a.b.c", "foreign").expect("[a.b.c] Alice: foreign");
    alice.publish("plain", "foreign").expect("[plain] Alice: foreign");
    alice.publish(topic, "own").expect("[" + topic + "] Alice: own");
    bob.expect("[" + topic + "] Alice: own");
  }

  @Test
  void crossesFast() {
    int messages = 200;
    Client alice = cluster.join(1, "Alice").subscribe("clock");
    Client bob = cluster.join(2, "Bob").subscribe("clock");
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      long start = System.nanoTime();
      alice.publish("clock", "tick " + i);
      bob.expect("[clock] Alice: tick " + i);
      nanos.add(System.nanoTime() - start);
      alice.expect("[clock] Alice: tick " + i);
    }
    Collections.sort(nanos);
    System.out.printf(
        "A message crosses in %d us (median of %d, one at a time, unpaced)%n",
        Duration.ofNanos(nanos.get(messages / 2)).toNanos() / 1000, messages);
  }

  @Test
  void messagesOfOneClientArriveInOrderOnBothNodes() {
    int messages = 500;
    Client alice = cluster.join(1, "Alice").subscribe("ordered");
    Client bob = cluster.join(2, "Bob").subscribe("ordered");
    for (int i = 0; i < messages; i++) {
      alice.publish("ordered", "" + i);
    }
    for (int i = 0; i < messages; i++) {
      alice.expect("[ordered] Alice: " + i);
      bob.expect("[ordered] Alice: " + i);
    }
  }

  @Test
  void largeMessagesCross() {
    String large = "x".repeat(200_000);
    Client alice = cluster.join(1, "Alice");
    Client bob = cluster.join(2, "Bob");

    alice.send(large).expect("[lobby] Alice: " + large);
    bob.expect("[lobby] Alice: " + large);
  }
}
