package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.redis.PrivateRedisCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes over a cluster of Redis, which moves the slot of a channel. */
class RedisClusterNodesIT {

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final Guests guests = new Guests();
  private PrivateRedisCluster redis;

  /** For JUnit. */
  @SuppressWarnings("NullAway.Init") // the cluster is started before the test
  RedisClusterNodesIT() {}

  @BeforeEach
  void startRedis() {
    redis = new PrivateRedisCluster();
  }

  @AfterEach
  void close() {
    guests.close();
    redis.close();
  }

  @Test
  void publicationsAndMembersReachTheOtherNodeBeforeAndAfterASlotMoves() throws Exception {
    nodes.start(2, redis.uri());
    try (Client alice = Client.connect(nodes.node(1).url()).expectGreeting("Anonymous");
        Client bob = Client.connect(nodes.node(2).url()).expectGreeting("Anonymous")) {
      alice.subscribe("sports");
      bob.subscribe("sports");
      guests.joinAll(nodes.node(1), "presence-room", "ann-", 3);
      guests.joinAll(nodes.node(2), "presence-room", "bob-", 3);
      guests.awaitAllKnowEachOther();
      alice.publish("sports", "before").expect("[sports] Anonymous: before");
      bob.expect("[sports] Anonymous: before");

      redis.moveSlotOf("carillon:v1:channel:sports");

      for (Node node : nodes.alive()) {
        node.awaitLog("slots have moved away from");
        node.awaitLog("the bus had stopped routing");
        assertThat(Http.get(node.url(), "/ready").status()).isEqualTo(200);
      }
      bob.publish("sports", "after").expect("[sports] Anonymous: after");
      alice.expect("[sports] Anonymous: after");
      guests.requireNoContradiction();
    }
  }
}
