package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.adapter.kit.BarrierStats;
import io.carillon.adapter.kit.BrokerStats;
import io.carillon.adapter.rabbitmq.AmqpUri;
import io.carillon.adapter.rabbitmq.RabbitMqBroker;
import io.carillon.adapter.rabbitmq.RabbitMqConfig;
import io.carillon.adapter.rabbitmq.RabbitMqMetrics;
import io.carillon.adapter.rabbitmq.RabbitMqStats;
import io.carillon.auth.AllowedOrigins;
import io.carillon.auth.Authorizer;
import io.carillon.http.PathPrefix;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.HubMetrics;
import io.carillon.hub.HubStats;
import io.carillon.hub.LastPublications;
import io.carillon.membership.Incompatibility;
import io.carillon.membership.MembershipConfig;
import io.carillon.message.Incarnation;
import io.carillon.metrics.LatencyStats;
import io.carillon.metrics.MetricFamily;
import io.carillon.metrics.MetricSource;
import io.carillon.presence.Presence;
import io.carillon.protocol.FrontEndContext;
import io.carillon.protocol.FrontEndPlan;
import io.carillon.protocol.pusher.PusherConfig;
import io.carillon.protocol.pusher.api.ApiFault;
import io.carillon.protocol.pusher.api.PusherApiMetrics;
import io.carillon.protocol.pusher.frontend.PusherFrontEndPlan;
import io.carillon.protocol.topics.PublishKeys;
import io.carillon.protocol.topics.PublishMetrics;
import io.carillon.protocol.topics.PublishRefusal;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.protocol.topics.TopicsFrontEndPlan;
import io.carillon.server.metrics.MetricsPage;
import io.carillon.server.metrics.PrometheusPage;
import io.carillon.server.transport.CloseReason;
import io.carillon.server.transport.NodeLoad;
import io.carillon.server.transport.ProxyFault;
import io.carillon.server.transport.RefusalReason;
import io.carillon.server.transport.Transport;
import io.carillon.server.transport.TransportConfig;
import io.carillon.server.transport.TransportMetrics;
import io.carillon.server.transport.TransportStats;
import io.carillon.view.Cluster;
import io.carillon.view.ClusterMetrics;
import io.carillon.view.ClusterNode;
import io.carillon.view.ClusterThread;
import io.carillon.view.ViewConfig;
import io.carillon.view.ViewStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {

  /** Every figure differs, so that a figure under a wrong name is found. */
  static final List<MetricSource> SOURCES =
      sources(
          RabbitMqMetrics.SET.from(NodeMetricsTest::rabbitMq),
          RabbitMqMetrics.BARRIER.from(() -> new BarrierStats(latency(), 221, 222, 223, 224)));

  private static List<MetricSource> sources(MetricSource... brokers) {
    List<MetricSource> sources = new ArrayList<>();
    sources.add(
        HealthMetrics.SET.from(
            () ->
                new Health(
                    () -> true, () -> true, Optional::empty, () -> Duration.ZERO, () -> false)));
    sources.add(TransportMetrics.LOOPS.from(() -> List.of(0.25, 19.0)));
    sources.add(TransportMetrics.LOAD.from(() -> new NodeLoad(0.1, 0.2, 0.625)));
    sources.add(TransportMetrics.CONNECTIONS.from(NodeMetricsTest::transport));
    sources.add(HubMetrics.REQUESTS.from(NodeMetricsTest::hub));
    sources.add(PublishMetrics.SET.from(() -> Map.of(PublishRefusal.KEY, 17L)));
    sources.add(PusherApiMetrics.SET.from(() -> Map.of(ApiFault.UNAUTHORIZED, 18L)));
    sources.add(HubMetrics.DELIVERIES.from(NodeMetricsTest::hub));
    sources.add(ClusterMetrics.SET.from(NodeMetricsTest::view));
    sources.add(ClusterMetrics.AGE.from(() -> Duration.ofMillis(12_500)));
    sources.add(
        ClusterMetrics.INCOMPATIBILITY.from(
            () -> Optional.of(new Incompatibility(new Incarnation(1, 2), "n2", 3, 1))));
    sources.addAll(List.of(brokers));
    sources.add(HubMetrics.LATENCY.from(NodeMetricsTest::latency));
    return sources;
  }

  private static HubStats hub() {
    return new HubStats(101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 312, 101, 113, 114);
  }

  private static ViewStats view() {
    return new ViewStats(
        new ViewStats.Size(true, 301, 302, 303, 304, 305), 306, 307, 308, 309, 310, 314, 315, 311);
  }

  private static LatencyStats latency() {
    return new LatencyStats(
        List.of(TimeUnit.MILLISECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(1)),
        List.of(3L, 4L, 1L),
        TimeUnit.SECONDS.toNanos(12));
  }

  private static TransportStats transport() {
    return new TransportStats(
        2,
        1,
        3,
        22,
        4,
        5,
        6,
        7,
        8,
        9,
        Map.of(CloseReason.SLOW, 10L, CloseReason.DRAIN, 11L),
        Map.of(RefusalReason.FULL, 12L),
        Map.of(ProxyFault.UNTRUSTED, 20L),
        21,
        new TransportStats.Traffic(13, 14, 15, 16));
  }

  private static RabbitMqStats rabbitMq() {
    return new RabbitMqStats(
        new BrokerStats.Connection(201, 202),
        new BrokerStats.Publishing(203, 204, 205, 206, 207, true, 208),
        new BrokerStats.Receiving(209, 210, 211, 212, 217, 218),
        new RabbitMqStats.Binding(213, 214, 215, true, 216));
  }

  private static List<String> page(String prefix, List<MetricSource> sources) {
    try (PrometheusPage page = new PrometheusPage("n\"1", prefix, sources)) {
      return page.text().lines().toList();
    }
  }

  /** A sample's line without the label node, which all samples have. */
  private static List<String> samples(String prefix, List<MetricSource> sources) {
    return page(prefix, sources).stream()
        .filter(line -> line.startsWith(prefix))
        .peek(line -> assertThat(line).contains("node=\"n\\\"1\""))
        .map(line -> line.replaceFirst("node=\"n\\\\\"1\",?", "").replace(",}", "}"))
        .map(line -> line.replace("{}", "").replaceFirst("\\.0$", ""))
        .toList();
  }

  @Test
  void everyFigureStandsUnderItsName() {
    assertThat(samples("carillon", SOURCES))
        .contains(
            "carillon_broker_up 1",
            "carillon_draining 0",
            "carillon_connected 2",
            "carillon_max_connections 1",
            "carillon_unsent_bytes 3",
            "carillon_max_unsent_bytes 22",
            "carillon_load 0.625",
            "carillon_refused_proxy_connections_total{reason=\"untrusted\"} 20",
            "carillon_unreadable_forwarded_headers_total 21",
            "carillon_handshake_timeouts_total 7",
            "carillon_refused_sockets_total 8",
            "carillon_new_connections_total 9",
            "carillon_new_disconnections_total{reason=\"slow\"} 10",
            "carillon_new_disconnections_total{reason=\"drain\"} 11",
            "carillon_new_disconnections_total{reason=\"dead\"} 0",
            "carillon_refused_handshakes_total{reason=\"full\"} 12",
            "carillon_socket_received_bytes 13",
            "carillon_socket_transmitted_bytes 14",
            "carillon_ws_messages_received_total 15",
            "carillon_ws_messages_sent_total 16",
            "carillon_publications_total{outcome=\"accepted\"} 101",
            "carillon_publications_total{outcome=\"refused\"} 102",
            "carillon_publications_total{outcome=\"unknown\"} 103",
            "carillon_refused_publish_requests_total{reason=\"key\"} 17",
            "carillon_refused_publish_requests_total{reason=\"off\"} 0",
            "carillon_unwanted_publications_total 104",
            "carillon_dropped_publications_total 105",
            "carillon_gaps_total{reason=\"event_loop\"} 107",
            "carillon_deliveries_total 108",
            "carillon_waiting_publications_bytes 109",
            "carillon_active_channels 110",
            "carillon_subscriptions 211",
            "carillon_channel_subscriptions_total 312",
            "carillon_channel_unsubscriptions_total 101",
            "carillon_refused_subscribes_total{reason=\"too_many\"} 113",
            "carillon_refused_subscribes_total{reason=\"broker\"} 114")
        .anyMatch(line -> line.startsWith("carillon_event_loop_lag_seconds{loop=\"0\"} "))
        .anyMatch(line -> line.startsWith("carillon_event_loop_lag_seconds{loop=\"1\"} "));
  }

  @Test
  void everyFigureOfRabbitMqStandsUnderItsName() {
    assertThat(samples("carillon", SOURCES))
        .contains(
            broker("connects_total", 201),
            broker("outages_total", 202),
            broker("messages_total", 203),
            broker("publications_total", 204),
            broker("blocked", 1),
            broker("waiting_bytes", 208),
            broker("received_publications_total", 209),
            broker("unreadable_messages_total", 210),
            "carillon_gaps_total{reason=\"outage\"} 211",
            "carillon_gaps_total{reason=\"overflow\"} 212",
            "carillon_gaps_total{reason=\"expiry\"} 217",
            broker("binds_total", 213),
            broker("bound_channels", 215),
            "carillon_rabbitmq_wide 1",
            "carillon_rabbitmq_width_switches_total 216",
            "carillon_rabbitmq_barrier_waiting 221",
            "carillon_rabbitmq_barrier_given_up_total 222",
            "carillon_rabbitmq_barrier_failed_total 223",
            "carillon_gaps_total{reason=\"unconfirmed\"} 224");
  }

  private static String broker(String name, long value) {
    return "carillon_broker_%s{broker=\"rabbitmq\"} %d".formatted(name, value);
  }

  /** A dashboard and an alert that work for one driver work for all. */
  @Test
  void allDriversHaveTheSameMetricsAndNameThemselvesInALabel() {
    Map<String, Map<String, List<String>>> byDriver = new TreeMap<>();
    Parts.brokers()
        .forEach(
            driver ->
                byDriver.put(
                    driver.name(),
                    driver.metrics().stream()
                        .flatMap(set -> set.families().stream())
                        .filter(family -> family.label().equals("broker"))
                        .collect(Collectors.toMap(MetricFamily::name, MetricFamily::labelValues))));

    Set<String> names = byDriver.getOrDefault("rabbitmq", Map.of()).keySet();
    assertThat(names).contains("broker_outages_total", "broker_blocked").hasSize(10);
    byDriver.forEach(
        (driver, metrics) -> {
          assertThat(metrics.keySet()).as(driver).isEqualTo(names);
          assertThat(metrics.values()).as(driver).allMatch(List.of(driver)::equals);
        });
  }

  @Test
  void everyFigureOfTheClusterStandsUnderItsName() {
    assertThat(samples("carillon", SOURCES))
        .contains(
            "carillon_cluster_joined 1",
            "carillon_cluster_peers 301",
            "carillon_cluster_incomplete_peers 302",
            "carillon_cluster_view_channels 303",
            "carillon_cluster_view_members 304",
            "carillon_cluster_view_bytes 305",
            "carillon_cluster_deltas_total 306",
            "carillon_cluster_delta_bytes_total 307",
            "carillon_cluster_snapshots_sent_total 308",
            "carillon_cluster_snapshots_asked_total 309",
            "carillon_cluster_differences_total 310",
            "carillon_cluster_unreadable_messages_total 311",
            "carillon_cluster_view_age_seconds 12.5");
  }

  @Test
  void aNodeThatWorksAloneHasNoneOfRabbitMq() {
    assertThat(samples("carillon", sources()))
        .noneMatch(line -> line.contains("broker=") || line.contains("rabbitmq"))
        .contains("carillon_gaps_total{reason=\"event_loop\"} 107")
        .noneMatch(line -> line.contains("outage"));
  }

  @Test
  void latenciesAreAHistogram() {
    assertThat(samples("carillon", SOURCES))
        .containsSubsequence(
            "carillon_publish_seconds_bucket{le=\"0.005\"} 3",
            "carillon_publish_seconds_bucket{le=\"1.0\"} 7",
            "carillon_publish_seconds_bucket{le=\"+Inf\"} 8",
            "carillon_publish_seconds_count 8",
            "carillon_publish_seconds_sum 12");
  }

  @Test
  void whatRunsIsToldAndTheJvmToo() {
    assertThat(page("carillon", SOURCES))
        .anyMatch(line -> line.matches("carillon_build_info\\{.*java=\".+\".*} 1(\\.0)?"))
        .anyMatch(line -> line.matches("jvm_memory_used_bytes\\{.*node=\"n\\\\\"1\".*"))
        .anyMatch(line -> line.startsWith("jvm_threads_live_threads{"))
        .anyMatch(line -> line.startsWith("process_files_open_files{"))
        .anyMatch(line -> line.startsWith("process_files_max_files{"));
  }

  @Test
  void panelsMadeForSoketiFindTheirMetrics() {
    assertThat(samples("soketi_", SOURCES))
        .contains(
            "soketi_connected 2",
            "soketi_new_connections_total 9",
            "soketi_new_disconnections_total{reason=\"drain\"} 11",
            "soketi_socket_received_bytes 13",
            "soketi_socket_transmitted_bytes 14",
            "soketi_ws_messages_received_total 15",
            "soketi_ws_messages_sent_total 16");
  }

  @Test
  void thePageOfTheDocumentationNamesEveryMetricThereIs() throws IOException {
    String table = MetricsPage.markdown(NodeMetrics.declared(Parts.standard()));

    assertThat(Files.readString(Path.of("../docs/metrics.md"))).contains(table);
    long ofOneBroker =
        MetricsPage.markdown(NodeMetrics.declared(rabbitMqAlone())).lines().count() - 2;
    assertThat(
            page("carillon", SOURCES).stream()
                .filter(line -> line.startsWith("# TYPE carillon_"))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toSet()))
        .allMatch(name -> table.contains("| `" + name + "` |"))
        .hasSize((int) ofOneBroker);
  }

  @Test
  void theSourcesOfANodeTellWhatIsDeclared() {
    Incarnation node = new Incarnation(1, 2);
    RabbitMqBroker broker =
        new RabbitMqBroker(
            RabbitMqConfig.of(AmqpUri.parse("amqp://localhost"), "carillon", "node"),
            System::nanoTime,
            InstantSource.system(),
            new Random(1));
    try (Transport transport = new Transport(TransportConfig.DEFAULTS, node, 1)) {
      Hub hub =
          new Hub(
              node,
              broker,
              transport.loops(),
              HubConfig.DEFAULTS,
              LastPublications.NONE,
              System::nanoTime,
              InstantSource.system());
      Cluster cluster = clusterOf(hub);
      Health health =
          new Health(
              hub::isBusUp,
              cluster::isReady,
              cluster::incompatibility,
              cluster::viewAge,
              transport::isFull);
      FrontEndContext parts =
          new FrontEndContext(
              hub,
              new Presence(hub, cluster.view(), Presence.SETTLE, System::nanoTime),
              cluster.view(),
              LastPublications.NONE,
              PathPrefix.NONE,
              health::publishUnavailable,
              cluster::viewAge,
              _ -> false);
      List<FrontEndPlan> plans =
          List.of(
              new TopicsFrontEndPlan(
                  TopicsConfig.DEFAULTS,
                  Authorizer.OPEN,
                  AllowedOrigins.ANY,
                  PublishKeys.NONE,
                  1000),
              new PusherFrontEndPlan(PusherConfig.DEFAULTS));
      List<MetricSource> frontEnds =
          plans.stream().flatMap(plan -> plan.open(parts).metrics().stream()).toList();

      assertThat(NodeMetrics.of(health, transport, hub, cluster, broker, frontEnds))
          .flatMap(MetricSource::families)
          .containsExactlyElementsOf(
              NodeMetrics.declared(rabbitMqAlone()).stream()
                  .flatMap(set -> set.families().stream())
                  .toList());
    }
  }

  /** The program's parts without all other brokers: a node has one. */
  private static Parts rabbitMqAlone() {
    Parts all = Parts.standard();
    return new Parts(
        all.drivers().stream()
            .filter(driver -> List.of("local", "rabbitmq").contains(driver.name()))
            .toList(),
        all.frontEnds(),
        all.rules());
  }

  private static Cluster clusterOf(Hub hub) {
    return new ClusterNode(
        hub,
        new ClusterThread(),
        MembershipConfig.DEFAULTS,
        ViewConfig.DEFAULTS,
        "n1",
        Map::of,
        System::nanoTime,
        () -> {});
  }
}
