package io.carillon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The log lets an operator follow a message, and a topic's way in and out of RabbitMQ. */
class LogIT {

  @Test
  void showsBindingsSubscriptionsAndRouting() {
    try (Cluster cluster = Cluster.of(2, "--log-level", "trace", "--unbind-linger", "0s").start()) {
      Client alice = cluster.join(1, "Alice").subscribe("sports");
      Client bob = cluster.join(2, "Bob").subscribe("sports");
      alice.publish("sports", "a secret word").expect("[sports] Alice: a secret word");
      bob.expect("[sports] Alice: a secret word").unsubscribe("sports");

      Node first = cluster.node(1);
      first.awaitLog("Client \"Alice\" connected");
      first.awaitLog("Binding topic \"sports\" to queue ");
      first.awaitLog("Bound topic \"sports\" to queue ");
      first.awaitLog("Client \"Alice\" subscribed to topic \"sports\"");
      first.awaitLog("to \"sports\" on exchange \"ws.topics.v1\"");
      Node second = cluster.node(2);
      second.awaitLog(line -> line.contains("Received ") && line.contains("from node"));
      second.awaitLog("Client \"Bob\" unsubscribed from topic \"sports\"");
      second.awaitLog("Unbinding topic \"sports\" from queue ");
      second.awaitLog("Unbound topic \"sports\" from queue ");
      bob.leave();
      second.awaitLog("Client \"Bob\" disconnected");
      assertThat(first.output() + second.output())
          .doesNotContain("a secret word")
          .doesNotContain(cluster.vhost().admin().password());
    }
  }
}
