package io.carillon.server;

import io.carillon.hub.Hub;
import io.carillon.membership.MembershipConfig;
import io.carillon.view.Cluster;
import io.carillon.view.ClusterNode;
import io.carillon.view.ClusterThread;
import io.carillon.view.SingleNode;
import io.carillon.view.ViewConfig;
import java.util.Map;

/** Makes a node's part in its cluster. */
final class NodeCluster {

  private NodeCluster() {}

  /**
   * @param tenants the fingerprints of the secrets of the node's tenants, by the tenants' ids
   */
  static Cluster of(ServerConfig config, Hub hub, Map<String, Long> tenants) {
    return switch (config.driver().place()) {
      case NOWHERE -> new SingleNode(hub.incarnation(), config.nodeId());
      case INSIDE, OUTSIDE -> {
        ClusterThread loop = new ClusterThread();
        yield new ClusterNode(
            hub,
            loop,
            MembershipConfig.DEFAULTS,
            ViewConfig.DEFAULTS,
            config.nodeId(),
            () -> tenants,
            System::nanoTime,
            loop::close);
      }
    };
  }
}
