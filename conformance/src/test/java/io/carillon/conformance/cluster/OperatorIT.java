package io.carillon.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.metrics.Metrics;
import io.carillon.conformance.node.Command;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.pusher.PusherApp;
import io.carillon.conformance.pusher.SignedRequest;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Relay;
import io.carillon.conformance.rabbitmq.Vhost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's operator sees of its cluster, also while the node has lost RabbitMQ. */
class OperatorIT {

  private static final String TOKEN = "canary-operator-token";

  private static final Pattern AGE = Pattern.compile("\"view_age_seconds\":(\\d+)}");

  private final RabbitAdmin admin = new RabbitAdmin();
  @TempDir private Path folder = Path.of(".");

  private Node launch(String name, String uri) throws Exception {
    return launch(name, uri, PusherApp.CONFIGURATION);
  }

  private Node launch(String name, String uri, String configuration) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".yml"), configuration);
    return Node.launch(
        Map.of("RABBITMQ_URL", uri, "CARILLON_CLUSTER_OPERATOR_TOKEN", TOKEN),
        Metrics.flags("--config=" + file, "--port=0", "--node-id=" + name, "--drain-announce=0s"));
  }

  @Test
  void nodesAreShownAndAViewThatGrowsOldSaysSo() throws Exception {
    try (Vhost vhost = admin.createVhost();
        Relay cable = new Relay(admin.host(), admin.port()).plugIn();
        Node one = launch("n1", vhost.uri("127.0.0.1", cable.port())).awaitReady();
        Node two = launch("n2", vhost.uri()).awaitReady()) {
      Metrics metrics = Metrics.of(one);
      await().atMost(Patience.LIMIT).until(() -> nodes(metrics).contains("2 nodes, up to date"));
      assertThat(nodes(metrics).lines())
          .anyMatch(line -> line.matches("n1 \\* .* ready .* itself"))
          .anyMatch(line -> line.matches("n2 .* ready .* whole"));
      assertThat(read(one)).startsWith("HTTP/1.1 200 ").doesNotContain("view-age");

      cable.cut();
      await().atMost(Patience.LIMIT).until(() -> viewAge(one) >= 2);
      assertThat(read(one))
          .startsWith("HTTP/1.1 200 ")
          .containsPattern("x-carillon-view-age: [1-9]");
      assertThat(nodes(metrics)).contains("2 nodes, from ");
      metrics.awaitValue("carillon_cluster_view_age_seconds", age -> age >= 2);
      await().atMost(Patience.LIMIT).until(() -> nodes(Metrics.of(two)).contains("gone"));

      cable.plugIn();
      await().atMost(Patience.LIMIT).until(() -> nodes(metrics).contains("2 nodes, up to date"));
      metrics.awaitValue("carillon_cluster_view_age_seconds", age -> age == 0);
      assertThat(read(one)).startsWith("HTTP/1.1 200 ").doesNotContain("view-age");
      assertThat(one.output() + two.output()).doesNotContain("canary");
    }
  }

  @Test
  void nodesOfTwoInstallationsWarnEachOther() throws Exception {
    String other = PusherApp.CONFIGURATION.replace(PusherApp.SECRET, "canary-other-secret");
    try (Vhost vhost = admin.createVhost();
        Node one = launch("n1", vhost.uri()).awaitReady();
        Node two = launch("n2", vhost.uri(), other).awaitReady()) {
      one.awaitLog("The app 1 has another secret on node n2 ");
      two.awaitLog("The app 1 has another secret on node n1 ");
      assertThat(one.output() + two.output()).doesNotContain("canary", PusherApp.SECRET);
    }
  }

  @Test
  void anOperatorDrainsANode() throws Exception {
    try (Vhost vhost = admin.createVhost();
        Node one = launch("n1", vhost.uri()).awaitReady();
        Client client = Client.connect(one.url()).expectGreeting("Anonymous");
        Command drain =
            Command.start(
                Map.of("CARILLON_TOKEN", TOKEN),
                "drain",
                "--url",
                Metrics.of(one).place().toString())) {
      assertThat(drain.exitCode()).as(drain.err()).isZero();
      assertThat(drain.out()).contains(" drains and ends within 8.0 s.");
      assertThat(client.awaitClose()).isEqualTo(1012);
      assertThat(one.exitCode()).isZero();
    }
  }

  private static String nodes(Metrics metrics) {
    try (Command nodes =
        Command.start(
            Map.of("CARILLON_TOKEN", TOKEN), "nodes", "--url", metrics.place().toString())) {
      assertThat(nodes.exitCode()).as(nodes.err()).isZero();
      return nodes.out();
    }
  }

  private static long viewAge(Node node) {
    Matcher age = AGE.matcher(Http.get(node.url(), "/ready").body());
    return age.find() ? Long.parseLong(age.group(1)) : -1;
  }

  /** The head of an answer about the app's channels, in lower case but for its first line. */
  private static String read(Node node) throws Exception {
    try (RawClient backend = RawClient.dial(node.url())) {
      backend.send(SignedRequest.get("channels").text());
      String head = backend.readHead();
      return "HTTP" + head.substring(4).toLowerCase(Locale.ROOT);
    }
  }
}
