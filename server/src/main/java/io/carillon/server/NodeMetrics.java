package io.carillon.server;

import io.carillon.broker.Broker;
import io.carillon.hub.Hub;
import io.carillon.hub.HubMetrics;
import io.carillon.metrics.MetricSet;
import io.carillon.metrics.MetricSource;
import io.carillon.server.transport.LoopLags;
import io.carillon.server.transport.NodeLoad;
import io.carillon.server.transport.Transport;
import io.carillon.server.transport.TransportMetrics;
import io.carillon.view.Cluster;
import io.carillon.view.ClusterMetrics;
import java.util.ArrayList;
import java.util.List;

/** Which parts of a node have metrics, in the order of {@code docs/metrics.md}. */
public final class NodeMetrics {

  private NodeMetrics() {}

  /** Metrics that any node may have, whichever its broker is. */
  public static List<MetricSet<?>> declared(Parts parts) {
    List<MetricSet<?>> sets = new ArrayList<>();
    sets.add(HealthMetrics.SET);
    sets.add(TransportMetrics.LOOPS);
    sets.add(TransportMetrics.LOAD);
    sets.add(TransportMetrics.CONNECTIONS);
    sets.add(HubMetrics.REQUESTS);
    parts.frontEnds().forEach(frontEnd -> sets.addAll(frontEnd.metrics()));
    sets.add(HubMetrics.DELIVERIES);
    sets.addAll(ClusterMetrics.declared());
    parts.drivers().forEach(driver -> sets.addAll(driver.metrics()));
    sets.add(HubMetrics.LATENCY);
    return List.copyOf(sets);
  }

  /**
   * The sources of one node; called once for a node whose metrics are on. Its event loops are
   * probed from now on.
   *
   * @param frontEnds of the node's front ends
   */
  static List<MetricSource> of(
      Health health,
      Transport transport,
      Hub hub,
      Cluster cluster,
      Broker broker,
      List<MetricSource> frontEnds) {
    LoopLags lags = LoopLags.start(transport);
    List<MetricSource> sources = new ArrayList<>();
    sources.add(HealthMetrics.SET.from(() -> health));
    sources.add(TransportMetrics.LOOPS.from(lags::seconds));
    sources.add(TransportMetrics.LOAD.from(() -> NodeLoad.of(transport.stats(), lags.seconds())));
    sources.add(TransportMetrics.CONNECTIONS.from(transport::stats));
    sources.add(HubMetrics.REQUESTS.from(hub::stats));
    sources.addAll(frontEnds);
    sources.add(HubMetrics.DELIVERIES.from(hub::stats));
    sources.addAll(cluster.metrics());
    sources.addAll(broker.metrics());
    sources.add(HubMetrics.LATENCY.from(hub::publishLatency));
    return List.copyOf(sources);
  }
}
