package io.carillon.server;

import io.carillon.hub.HubConfig;
import io.carillon.protocol.pusher.PusherConfig;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.server.auth.AccessConfig;
import io.carillon.server.metrics.MetricsConfig;
import io.carillon.server.transport.TlsFiles;
import io.carillon.server.transport.TransportConfig;
import org.jspecify.annotations.Nullable;

/**
 * A node's whole configuration.
 *
 * @param nodeId the node's label, for people; two nodes of one label are odd, not wrong
 * @param threads how many event loops
 * @param broker what connects this node to others
 * @param transport the listener and its bounds
 * @param hub the fan-out core's bounds
 * @param topics the topics protocol
 * @param pusher the Pusher protocol
 * @param access who may use the node
 * @param drain how the node leaves
 * @param page whether browsers get the page
 * @param metrics whether and where its metrics are told
 * @param tls the listener's certificate; null for plain sockets
 */
public record ServerConfig(
    String nodeId,
    int threads,
    BrokerConfig broker,
    TransportConfig transport,
    HubConfig hub,
    TopicsConfig topics,
    PusherConfig pusher,
    AccessConfig access,
    DrainConfig drain,
    PageMode page,
    MetricsConfig metrics,
    @Nullable TlsFiles tls) {

  public ServerConfig {
    if (nodeId.isBlank()) {
      throw new IllegalArgumentException("node id: \"\" (expected: a label)");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: > 0)");
    }
  }
}
