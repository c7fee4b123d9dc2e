package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.nats.PrivateNats;
import io.carillon.conformance.node.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three nodes at two servers of NATS, of which the last node is alone at its server. Subscribed
 * means routed, and one node that stands still holds the subscribes of the others up for a moment
 * only.
 */
@Isolated("a fault that has to be noticed in time")
class NatsServersDrillIT {

  /** A node is late when it is silent for 1.5 s; the rest is for a machine that is busy. */
  private static final Duration FIRST = Duration.ofSeconds(3);

  private static final Duration LATER = Duration.ofSeconds(1);

  private final List<PrivateNats> servers = PrivateNats.pair();
  private final Nodes nodes =
      Nodes.launch(
          List.of(servers.getFirst().uri(), servers.getFirst().uri(), servers.getLast().uri()));

  @AfterEach
  void close() {
    nodes.close();
    servers.forEach(PrivateNats::close);
  }

  private Client join(int node) {
    return Client.connect(nodes.node(node).url()).expectGreeting("Anonymous");
  }

  @Test
  @Tag("matrix")
  void aPublishAtTheOtherServerRightAfterTheAnswerArrives() {
    try (Client alice = join(1);
        Client carol = join(3)) {
      for (int round = 0; round < 200; round++) {
        String topic = "fresh-" + round;
        carol.subscribe(topic);
        alice.subscribe(topic);
        carol.publish(topic, "x").expect("[" + topic + "] Anonymous: x");
        alice.expect("[" + topic + "] Anonymous: x");
        carol.unsubscribe(topic);
        alice.unsubscribe(topic);
      }
    }
  }

  @Test
  void aStoppedNodeHoldsSubscribesUpForAMomentAndWhatItPublishesIsHeardOrInAGap() {
    List<String> topics = IntStream.range(0, 40).mapToObj(i -> "topic-" + i).toList();
    try (Client alice = join(1);
        Client carol = join(3)) {
      topics.forEach(carol::subscribe);
      nodes.node(3).suspend();
      topics.forEach(topic -> carol.publish(topic, "while it stands still"));

      List<Duration> waits = new ArrayList<>();
      for (String topic : topics) {
        long before = System.nanoTime();
        alice.subscribe(topic);
        waits.add(Duration.ofNanos(System.nanoTime() - before));
      }
      nodes.node(3).resume();

      assertThat(waits.getFirst()).isLessThan(FIRST);
      assertThat(Collections.max(waits.subList(1, waits.size()))).isLessThan(LATER);
      nodes.node(1).awaitLog("could not be asked while this node subscribed");
      topics.forEach(topic -> carol.expect("[" + topic + "] Anonymous: while it stands still"));
      carol.publish(topics.getLast(), "end");
      Set<String> heard = heardUntil(alice, "[" + topics.getLast() + "] Anonymous: end");
      System.out.printf(
          "stopped node: first subscribe %d ms, others at most %d ms, %d of %d heard%n",
          waits.getFirst().toMillis(),
          Collections.max(waits.subList(1, waits.size())).toMillis(),
          heard.size(),
          topics.size());
      assertThat(heard).as("all but those inside the gap").hasSizeLessThanOrEqualTo(topics.size());
    }
  }

  private static Set<String> heardUntil(Client client, String last) {
    Set<String> heard = new HashSet<>();
    for (Optional<String> next = client.nextUnlessClosed();
        next.isPresent() && !next.get().equals(last);
        next = client.nextUnlessClosed()) {
      heard.add(next.get());
    }
    return heard;
  }

  @Test
  void aKilledNodeHoldsNobodyUp() {
    try (Client alice = join(1)) {
      nodes.node(3).kill();

      long before = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        alice.subscribe("topic-" + i);
      }

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(FIRST);
    }
  }
}
