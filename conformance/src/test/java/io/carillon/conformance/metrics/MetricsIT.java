package io.carillon.conformance.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.BrokerKind;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.ProcessStatus;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.metrics.PrometheusServer.Sample;
import io.carillon.conformance.node.Debugger;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import io.carillon.conformance.rabbitmq.Relay;
import io.carillon.conformance.swarm.Metronome;
import io.carillon.conformance.swarm.Swarm;
import io.carillon.conformance.swarm.SwarmClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Two nodes under the eyes of a real Prometheus, with the dashboard and the alerts that we give.
 */
@Isolated("alerts that a busy machine sets off")
class MetricsIT {

  private static final Path RULES = Project.root().resolve("packaging/prometheus/alerts.yml");
  private static final Path DASHBOARD = Project.root().resolve("packaging/grafana/carillon.json");
  private static final Pattern ALERT = Pattern.compile("alert: (\\w+)");
  private static final String LOOP = "carillon-loop-0";

  /** Nearly all clients that the first node accepts in the drill. */
  private static final int CROWD = 37;

  /** More than the alert for slow consumers bears. */
  private static final int SLOW = 12;

  @TempDir private Path folder = Path.of(".");
  @AutoClose private final Swarm swarm = new Swarm();

  @Test
  @Tag("any-broker")
  void everyPanelShowsSomethingAndNoAlertFiresWhileAllIsWell() throws Exception {
    try (Cluster cluster = Cluster.of(2, Metrics.flags()).start()) {
      List<Metrics> metrics = cluster.nodes().stream().map(Metrics::of).toList();
      SwarmClient alice = swarm.join(cluster.node(1), "alice-canary", SwarmClient.Listener.NONE);
      SwarmClient bob = swarm.join(cluster.node(2), "bob", SwarmClient.Listener.NONE);
      alice.subscribe("topic-canary");
      bob.subscribe("topic-canary");
      try (PrometheusServer prometheus =
              new PrometheusServer(folder, patientWithLoops(atOnce(rules())), metrics);
          Metronome metronome = new Metronome(50, beat -> alice.publish("topic-canary", "hello"))) {
        await()
            .atMost(Patience.LIMIT)
            .untilAsserted(() -> assertThat(emptyPanels(prometheus)).isEmpty());

        assertThat(prometheus.query("count by (node) (carillon_connected)"))
            .extracting(sample -> sample.labels().get("node"))
            .containsExactlyInAnyOrder("n1", "n2");
        assertThat(prometheus.query("sum(up{job=\"carillon\"})").getFirst().value()).isEqualTo(2);
        assertThat(prometheus.fired()).isEmpty();
        metronome.stop();
      }
      String user = Objects.requireNonNullElse(URI.create(cluster.brokerUri()).getUserInfo(), "");
      String password = user.isEmpty() ? "canary" : user.split(":", 2)[1];
      assertThat(metrics)
          .extracting(Metrics::page)
          .allSatisfy(page -> assertThat(page).doesNotContain(password, "canary", "127.0.0.1"));
    }
  }

  @Test
  void countersCountWhatHappens() throws Exception {
    try (Cluster cluster = Cluster.of(2, Metrics.flags("--max-message", "1024")).start()) {
      Metrics first = Metrics.of(cluster.node(1));
      Client alice = cluster.join(1, "Alice").subscribe("sports");
      Client bob = cluster.join(2, "Bob").subscribe("sports");
      alice.publish("sports", "goal").expect("[sports] Alice: goal");
      bob.expect("[sports] Alice: goal");

      first.awaitValue("carillon_publications_total{outcome=\"accepted\"}", n -> n == 1);
      assertThat(first.value("carillon_connected")).isOne();
      assertThat(first.value("carillon_deliveries_total")).isOne();
      assertThat(first.value("carillon_subscriptions")).isEqualTo(2);
      assertThat(first.value("carillon_active_channels")).isEqualTo(2);
      assertThat(first.value("carillon_publish_seconds_count")).isOne();
      assertThat(first.value("carillon_ws_messages_received_total")).isEqualTo(2);
      assertThat(first.value("carillon_socket_received_bytes")).isPositive();

      alice.leave();
      first.awaitValue("carillon_new_disconnections_total{reason=\"client\"}", n -> n == 1);
      cluster.join(1, "Carol").send("x".repeat(2000)).awaitClose();
      first.awaitValue("carillon_new_disconnections_total{reason=\"too_large\"}", n -> n == 1);
      cluster.join(1, "Dave").close();
      first.awaitValue("carillon_new_disconnections_total{reason=\"lost\"}", n -> n == 1);
      first.awaitValue("carillon_connected", n -> n == 0);
      assertThat(first.value("carillon_subscriptions")).isZero();
      assertThat(first.value("carillon_new_connections_total")).isEqualTo(3);
    }
  }

  @Test
  void aNodeThatDrainsGoesOnTellingAndSaysSo() throws Exception {
    try (Cluster cluster = Cluster.of(1, Metrics.flags("--drain-announce", "3s")).start()) {
      Metrics metrics = Metrics.of(cluster.node(1));
      Client alice = cluster.join(1, "Alice");

      cluster.node(1).terminate();

      metrics.awaitValue("carillon_draining", n -> n == 1);
      assertThat(alice.awaitClose()).isEqualTo(1012);
    }
  }

  @Test
  void aPortThatIsTakenCostsANodeItsMetricsAndNothingElse() {
    try (Node first = Node.launch(Map.of(), Metrics.flags("--port", "0")).awaitReady()) {
      String target = Metrics.of(first).target();
      String port = target.substring(target.indexOf(':') + 1);
      try (Node second =
          Node.launch(Map.of("METRICS_ENABLED", "1", "METRICS_PORT", port), "--port", "0")
              .awaitReady()) {
        second.awaitLog("This node goes on without metrics: Cannot listen on 127.0.0.1:" + port);
        try (Client alice = Client.connect(second.url()).expectGreeting("Anonymous")) {
          alice.send("hello").expect("[lobby] Anonymous: hello");
        }
      }
    }
  }

  @Test
  @Tag("matrix")
  void everyAlertFiresWhenItShould() throws Exception {
    try (PrivateRabbitMq rabbit = new PrivateRabbitMq();
        Relay cable = new Relay("127.0.0.1", rabbit.port()).plugIn();
        Node one = launch("n1", "amqp://guest:guest@127.0.0.1:" + cable.port());
        Node two = launch("n2", rabbit.uri());
        PrometheusServer prometheus =
            new PrometheusServer(
                folder,
                atOnce(rules()),
                List.of(Metrics.of(one.awaitReady()), Metrics.of(two.awaitReady())))) {
      SwarmClient far = swarm.join(two, "far", SwarmClient.Listener.NONE).subscribe("bulk");
      await().until(() -> prometheus.query("carillon_connected").size() == 2);

      fill(one, prometheus);
      hold(one, far, prometheus);
      beSlow(two, far, prometheus);
      blockPublishers(rabbit, far, prometheus);
      cut(cable, one, prometheus);
      two.kill();
      prometheus.awaitFired("CarillonNodeDown");

      assertThat(prometheus.fired()).containsExactlyInAnyOrderElementsOf(alerts());
    }
  }

  private static Node launch(String name, String uri) {
    return Node.launch(
        Map.of(
            "RABBITMQ_URL",
            uri,
            Node.JAVA_OPTIONS_VARIABLE,
            Node.JAVA_OPTIONS + " " + Debugger.OPTION),
        Metrics.flags(
            "--port=0",
            "--node-id=" + name,
            "--threads=1",
            "--max-connections=40",
            "--drain-announce=0s",
            "--set=limits.shard_queue=64KiB"));
  }

  /** Clients up to the limit, and nearly as many open files as permitted. */
  private void fill(Node node, PrometheusServer prometheus) throws Exception {
    swarm.join(node, "crowd", CROWD);
    prometheus.awaitFired("CarillonNearConnectionLimit");
    limitDescriptors(node, ProcessStatus.descriptors(node.pid()) * 10 / 9);
    prometheus.awaitFired("CarillonFileDescriptors");
    limitDescriptors(node, 10_000);
  }

  private static void limitDescriptors(Node node, long most) throws Exception {
    Process limit =
        new ProcessBuilder("prlimit", "--pid", node.pid() + "", "--nofile=" + most + ":10000")
            .inheritIO()
            .start();
    assertThat(limit.waitFor()).isZero();
  }

  /** An event loop stands still while more publications come than may wait for it. */
  private void hold(Node node, SwarmClient far, PrometheusServer prometheus) throws Exception {
    swarm.join(node, "near", SwarmClient.Listener.NONE).subscribe("bulk");
    try (Debugger debugger = new Debugger(node)) {
      debugger.hold(LOOP);
      try {
        for (int i = 0; i < 5; i++) {
          far.publish("bulk", "x".repeat(40_000));
        }
        prometheus.awaitFired("CarillonEventLoopLag", "CarillonPublicationsDropped");
      } finally {
        debugger.letGo(LOOP);
      }
    }
    prometheus.awaitFired("CarillonMessagesMissed");
  }

  private void beSlow(Node node, SwarmClient bulk, PrometheusServer prometheus) throws Exception {
    for (int i = 0; i < SLOW; i++) {
      swarm.joinWithSmallBuffer(node, "slow" + i).subscribe("bulk").stopReading();
    }
    String message = "x".repeat(64_000);
    try (Metronome metronome = new Metronome(50, beat -> bulk.publish("bulk", message))) {
      prometheus.awaitFired("CarillonSlowConsumers");
      metronome.stop();
    }
  }

  private static void blockPublishers(
      PrivateRabbitMq rabbit, SwarmClient publisher, PrometheusServer prometheus) throws Exception {
    rabbit.memoryAlarm(true);
    try (Metronome metronome = new Metronome(10, beat -> publisher.publish("bulk", "hello"))) {
      prometheus.awaitFired("CarillonBrokerBlocked", "CarillonPublishesRefused");
      metronome.stop();
    } finally {
      rabbit.memoryAlarm(false);
    }
  }

  /** A publication is lost on its way, and then the connection itself. */
  private void cut(Relay cable, Node node, PrometheusServer prometheus) throws Exception {
    try (Client client = Client.connect(node.url()).expectGreeting("Anonymous")) {
      cable.swallow();
      client.send("x".repeat(5_000));
      cable.awaitSwallowed(5_000);
      cable.cut();
      prometheus.awaitFired("CarillonPublishesUnknown", "CarillonBrokerDown");
    }
  }

  private static String rules() throws IOException {
    return Files.readString(RULES);
  }

  /** The same rules without waiting times. */
  private static String atOnce(String rules) {
    return rules.replaceAll("for: \\w+", "for: 0s");
  }

  /** A machine that is busy with tests may delay a loop. */
  private static String patientWithLoops(String rules) {
    return rules.replace("_lag_seconds) > 0.5", "_lag_seconds) > 10");
  }

  /** The alerts about nodes; those about clusters and balancers have tests of their own. */
  private static List<String> alerts() throws IOException {
    return ALERT
        .matcher(rules())
        .results()
        .map(alert -> alert.group(1))
        .filter(name -> !name.startsWith("CarillonBalancer"))
        .filter(name -> !name.startsWith("CarillonCluster"))
        .toList();
  }

  /** The dashboard's queries that show nothing, or nothing that is a number. */
  private static List<String> emptyPanels(PrometheusServer prometheus) throws IOException {
    List<String> empty = new ArrayList<>();
    List<String> queries = queries().stream().filter(query -> !query.contains("haproxy_")).toList();
    if (BrokerKind.chosen() != BrokerKind.RABBITMQ) {
      queries = queries.stream().filter(query -> !query.contains("_rabbitmq_")).toList();
    }
    assertThat(queries).hasSizeGreaterThan(30);
    for (String query : queries) {
      List<Sample> samples = prometheus.query(query);
      if (samples.stream().allMatch(sample -> Double.isNaN(sample.value()))) {
        empty.add(query);
      }
    }
    return empty;
  }

  private static List<String> queries() throws IOException {
    Object panels = Json.field(Json.parseObject(Files.readString(DASHBOARD)), "panels");
    return each(panels)
        .flatMap(panel -> each(panel.getOrDefault("targets", List.of())))
        .map(target -> String.valueOf(target.get("expr")))
        .map(query -> query.replace("$__rate_interval", "10s").replace("$node", ".*"))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static Stream<Map<String, Object>> each(@Nullable Object array) {
    return ((List<Map<String, Object>>) Objects.requireNonNull(array)).stream();
  }
}
