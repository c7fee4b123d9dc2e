package io.carillon.view;

import io.carillon.membership.Sighting;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as one of its nodes sees it, for the people who run it.
 *
 * @param isReady whether the node knows what all others hold, or has known it at any time
 * @param viewAge how old its view is; zero while it is up to date
 * @param self the node itself
 * @param peers the other nodes that live, by their labels
 * @param incompatible nodes that live and are too far apart in version, by their labels
 * @param gone nodes that have fallen silent within the last hour, the last one first
 */
public record ClusterReport(
    boolean isReady,
    Duration viewAge,
    Node self,
    List<Node> peers,
    List<Sighting> incompatible,
    List<Sighting> gone) {

  public ClusterReport {
    peers = List.copyOf(peers);
    incompatible = List.copyOf(incompatible);
    gone = List.copyOf(gone);
  }

  /**
   * One of its nodes.
   *
   * @param seen when and how it was last heard
   * @param slice how much it holds; null for a node that works alone, because it counts nothing for
   *     others
   */
  public record Node(Sighting seen, @Nullable SliceReport slice) {}
}
