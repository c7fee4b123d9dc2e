package io.carillon.server.metrics;

import io.carillon.benchmark.micro.CountingConnection;
import io.carillon.benchmark.micro.Messages;
import io.carillon.benchmark.micro.OneThreadNode;
import io.carillon.hub.HubMetrics;
import io.carillon.message.Incarnation;
import io.carillon.metrics.MetricSource;
import io.carillon.protocol.pusher.api.PusherApiMetrics;
import io.carillon.protocol.topics.PublishMetrics;
import io.carillon.server.transport.Transport;
import io.carillon.server.transport.TransportConfig;
import io.carillon.server.transport.TransportMetrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The cost of metrics. On a message's way metrics are counters, the same whether they are on or
 * off: two for each write of a socket, one for a publication.
 */
@State(Scope.Thread)
public class MetricsBenchmark {

  private final OneThreadNode node = new OneThreadNode();
  private final Transport transport =
      new Transport(TransportConfig.DEFAULTS, new Incarnation(1, 2), 1);
  private final LongAdder sentBytes = new LongAdder();
  private final LongAdder sentFrames = new LongAdder();
  private final PrometheusPage page =
      new PrometheusPage("node", "carillon", sources(transport, node));

  private static List<MetricSource> sources(Transport transport, OneThreadNode node) {
    return List.of(
        TransportMetrics.CONNECTIONS.from(transport::stats),
        HubMetrics.REQUESTS.from(node.hub()::stats),
        PublishMetrics.SET.from(Map::of),
        PusherApiMetrics.SET.from(Map::of),
        HubMetrics.DELIVERIES.from(node.hub()::stats),
        HubMetrics.LATENCY.from(node.hub()::publishLatency));
  }

  @Setup
  public void connect() {
    node.client(new CountingConnection());
    node.receive(Messages.publication(128));
    node.loop().turn();
  }

  /** The page that Prometheus asks for. */
  @Benchmark
  public String scrape() {
    return page.text();
  }

  /** The counters of one write of a socket. */
  @Benchmark
  public void countersOfAWrite() {
    sentBytes.add(128);
    sentFrames.add(1);
  }

  @TearDown
  public void close() {
    page.close();
    transport.close();
  }
}
