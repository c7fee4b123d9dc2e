package io.carillon.server;

import io.carillon.config.Configuration;
import io.carillon.hub.HubConfig;
import io.carillon.part.BrokerDriver;
import io.carillon.part.FrontEndType;
import io.carillon.part.PagePart;
import io.carillon.server.metrics.MetricsConfig;
import io.carillon.server.transport.TlsFiles;
import io.carillon.server.transport.TransportConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node's whole configuration.
 *
 * @param nodeId the node's label, for people; two nodes may have the same label
 * @param threads how many event loops
 * @param cluster what this node has in common with others
 * @param driver the driver that connects this node to others
 * @param frontEnds the protocols of its clients
 * @param values the values of the keys of the driver and the front ends
 * @param transport the listener and its limits
 * @param hub the limits of the fan-out core
 * @param drain how the node leaves
 * @param page whether browsers get the page
 * @param pageCluster what the page shows of the cluster
 * @param metrics whether and where the node serves its metrics
 * @param tls the listener's certificate; null for plain sockets
 */
public record ServerConfig(
    String nodeId,
    int threads,
    ClusterConfig cluster,
    BrokerDriver driver,
    List<FrontEndType> frontEnds,
    Configuration values,
    TransportConfig transport,
    HubConfig hub,
    DrainConfig drain,
    PageMode page,
    PageCluster pageCluster,
    MetricsConfig metrics,
    @Nullable TlsFiles tls) {

  public ServerConfig {
    frontEnds = List.copyOf(frontEnds);
    if (nodeId.isBlank()) {
      throw new IllegalArgumentException("node id: \"\" (expected: a label)");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: > 0)");
    }
  }

  /** The parts of the page that the front ends bring, in the order of their tabs. */
  public List<PagePart> pageParts() {
    return frontEnds.stream().flatMap(type -> type.page(values).stream()).toList();
  }
}
