package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.redis.PrivateRedis;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes that Redis connects: publications, members, and Redis' end and return. */
class OverRedisIT {

  @RegisterExtension final AppNodes nodes = new AppNodes();

  private final Guests guests = new Guests();

  private PrivateRedis redis;

  @BeforeEach
  void start() throws IOException {
    redis = new PrivateRedis();
  }

  @AfterEach
  void close() {
    guests.close();
    redis.close();
  }

  @Test
  void messagesAndMembersCrossAndDoSoAgainAfterRedisWasKilled() throws Exception {
    nodes.start(2, redis.uri());
    guests.join(nodes.node(1), "presence-room", "ann");
    guests.join(nodes.node(2), "presence-room", "bob");
    try (Client alice = client(1, "Alice");
        Client bob = client(2, "Bob")) {
      alice.subscribe("sports");
      bob.subscribe("sports");
      alice.publish("sports", "goal").expect("[sports] Alice: goal");
      bob.expect("[sports] Alice: goal");
      guests.awaitAllKnowEachOther();
      nodes.requireAnswers(nodes.alive(), Picture.of(guests.present()));

      redis.kill();
      for (Node node : nodes.alive()) {
        awaitReadiness(node, 404);
      }
      redis.start();
      for (Node node : nodes.alive()) {
        awaitReadiness(node, 200);
        assertThat(node.awaitLog("Redis is back after")).contains("topics are bound again");
      }

      bob.publish("sports", "again").expect("[sports] Bob: again");
      alice.expect("[sports] Bob: again");
    }
    guests.join(nodes.node(1), "presence-room", "carol");
    guests.awaitAllKnowEachOther();
    guests.requireNoContradiction();
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(() -> nodes.requireAnswers(nodes.alive(), Picture.of(guests.present())));
  }

  @Test
  void eachNodeHasASubscriberAndAPublisherForEachLane() throws Exception {
    nodes.start(1, redis.uri());

    List<String> clients =
        redis.ask("client", "list").lines().filter(line -> line.contains("name=n1/")).toList();

    assertThat(clients).hasSize(6);
    assertThat(clients.stream().filter(line -> line.contains("cmd=publish"))).isNotEmpty();
    assertThat(clients)
        .filteredOn(line -> line.contains("/in "))
        .hasSize(3)
        .allMatch(line -> !line.contains(" sub=0 "));
    assertThat(clients)
        .filteredOn(line -> line.contains("/out "))
        .hasSize(3)
        .allMatch(line -> line.contains(" sub=0 "));
  }

  private Client client(int node, String name) {
    return Client.connect(nodes.node(node).url().resolve("/?name=" + name)).expectGreeting(name);
  }

  private static void awaitReadiness(Node node, int status) {
    await().atMost(Patience.LIMIT).until(() -> Http.get(node.url(), "/ready").status() == status);
  }
}
