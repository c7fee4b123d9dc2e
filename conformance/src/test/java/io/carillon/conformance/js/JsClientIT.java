package io.carillon.conformance.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.proxy.Balancer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The JavaScript client in Node.js, over the library ws, while nodes end in each way. */
class JsClientIT {

  /** A connection counts as stable at once, so that a test need not wait for that. */
  private static final Map<String, ?> STABLE = Map.of("backoff", Map.of("stable", 0));

  private static final String[] HASTY = {"--drain-announce", "0s", "--drain-window", "100ms"};

  @RegisterExtension static final JsHost host = new JsHost();

  @Test
  void comesBackThroughTheBalancerWithItsTopicsWhenItsNodeIsKilled() {
    try (Cluster cluster = Cluster.of(2, HASTY).start();
        Balancer balancer = Balancer.start(cluster.nodes())) {
      List<JsClient> clients = fourOn(balancer);

      cluster.node(1).kill();
      cluster.node(1).exitCode();

      assertThat(comeBack(cluster, clients))
          .hasSize(2)
          .allSatisfy(waiting -> assertThat(waiting.get("code")).isEqualTo(1006L));
    }
  }

  @Test
  void comesBackAtOnceWhenItsNodeLeaves() {
    try (Cluster cluster = Cluster.of(2, HASTY).start();
        Balancer balancer = Balancer.start(cluster.nodes())) {
      List<JsClient> clients = fourOn(balancer);

      cluster.node(1).terminate();
      cluster.node(1).exitCode();

      assertThat(comeBack(cluster, clients))
          .hasSize(2)
          .allSatisfy(waiting -> assertThat(waiting.get("code")).isEqualTo(1012L))
          .allSatisfy(waiting -> assertThat(number(waiting, "delay")).isLessThanOrEqualTo(250));
    }
  }

  @Test
  void leavesANodeThatStandsStill() {
    try (Cluster cluster = Cluster.of(2).start()) {
      Map<String, ?> options = Map.of("silence", Map.of("interval", 300, "timeout", 700));
      JsClient client = host.connect(options, cluster.node(1).url(), cluster.node(2).url());
      client.awaitState("ready");
      client.subscribe("sports");

      cluster.node(1).suspend();

      assertThat(client.awaitState("waiting").get("reason")).isEqualTo("the server is silent");
      client.await("gap", Map.of("topic", "sports"));
      cluster.join(2, "Bob").subscribe("sports").publish("sports", "goal");
      client.hear("sports", "goal");
      cluster.node(1).resume();
    }
  }

  @Test
  void waitsAsLongAsARefusedUpgradeAsksItTo() {
    String[] slow = {"--port", "0", "--drain-announce", "20s", "--drain-deadline", "30s"};
    try (Node node = Node.launch(Map.of(), slow).awaitReady();
        Client holding = Client.connect(node.url())) {
      holding.expectGreeting("Anonymous");
      node.terminate();
      await().atMost(Patience.LIMIT).until(() -> Http.get(node.url(), "/ready").status() != 200);
      JsClient client =
          host.connect(Map.of("backoff", Map.of("first", 1, "longest", 1)), node.url());

      Map<?, ?> waiting = client.awaitState("waiting");
      assertThat(waiting.get("status")).isEqualTo(503L);
      assertThat(number(waiting, "delay"))
          .as("a second or more, where the client's own pause is a millisecond")
          .isGreaterThanOrEqualTo(1_000);
    }
  }

  @Test
  void knowsWhatBecameOfEachMessage() {
    try (Cluster cluster = Cluster.of(2).start()) {
      Map<String, ?> options = Map.of("name", "Ann", "defaultTopic", "leave");
      JsClient client = host.connect(options, cluster.node(1).url());
      Client bob = cluster.join(2, "Bob").subscribe("sports");
      client.subscribe("sports");

      assertThat(client.publish("sports", "goal")).isEqualTo("accepted: ");
      bob.expect("[sports] Ann: goal");
      client.hear("sports", "goal");
      assertThat(client.publish("other", "x"))
          .isEqualTo("refused: Subscribe to \"other\" before publishing to it.");
      assertThat(client.publish("sports", "\u00a0"))
          .isEqualTo("refused: Message text cannot be empty.");
      assertThat(client.topics()).isEqualTo(List.of("sports"));
      assertThat(client.poll("notice", Map.of())).as("each notice answers a command").isEmpty();
    }
  }

  /** The compiler knows every call of the documentation, and refuses wrong ones. */
  @Test
  void hasTypes() {
    CommandResult.succeed(
        Project.root() + "/conformance/js-client/node_modules/.bin/tsc",
        "-p",
        Project.root() + "/conformance/js-client/types");
  }

  /** Four clients that listen to sports, two on each node. */
  private static List<JsClient> fourOn(Balancer balancer) {
    List<JsClient> clients =
        Stream.generate(() -> host.connect(STABLE, balancer.url())).limit(4).toList();
    clients.forEach(client -> client.subscribe("sports"));
    return clients;
  }

  /**
   * Waits until all clients hear what is published on the node that is left; returns how those lost
   * their connection that had been on the other node.
   */
  private static List<Map<?, ?>> comeBack(Cluster cluster, List<JsClient> clients) {
    Client bob = cluster.join(2, "Bob").subscribe("sports");
    List<JsClient> waited = new ArrayList<>(clients);
    await()
        .atMost(Patience.LIMIT)
        .until(
            () -> {
              bob.publish("sports", "again");
              waited.removeIf(
                  client -> client.poll("message", Map.of("text", "again")).isPresent());
              return waited.isEmpty();
            });
    return clients.stream().flatMap(client -> loss(client).stream()).toList();
  }

  /** How a client lost its connection, which was a gap of its topic. */
  private static Optional<Map<?, ?>> loss(JsClient client) {
    Optional<Map<?, ?>> lost = client.poll("state", Map.of("state", "waiting"));
    Optional<Map<?, ?>> gap = client.poll("gap", Map.of("topic", "sports"));
    assertThat(gap.isPresent()).isEqualTo(lost.isPresent());
    gap.ifPresent(it -> assertThat(number(it, "since")).isLessThanOrEqualTo(number(it, "until")));
    return lost;
  }

  private static double number(Map<?, ?> event, String name) {
    return Double.parseDouble(String.valueOf(event.get(name)));
  }
}
