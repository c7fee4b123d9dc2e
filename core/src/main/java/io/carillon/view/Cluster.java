package io.carillon.view;

import io.carillon.broker.Peers;
import io.carillon.membership.Incompatibility;
import io.carillon.metrics.MetricSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A node's part in a cluster. Made before the hub starts, and started with it. Any thread. */
public interface Cluster extends AutoCloseable {

  /** What this node tells the others, and hears from them. */
  ClusterView view();

  /** What the outside of the cluster was told, and which node tells it. */
  Checkpoints checkpoints();

  /** The other nodes, for a broker that has to ask them. */
  Peers peers();

  /**
   * Makes this node known to the others.
   *
   * @return completes when this node knows what all others hold; also when there are none. It does
   *     not complete before the bus is up
   */
  CompletionStage<Void> start();

  /** Whether this node has known, at any time, what all others hold. */
  boolean isReady();

  /**
   * A node that lives and is too far apart in version; empty if there is none. It keeps a node out
   * that joins; a node that is ready goes on.
   */
  Optional<Incompatibility> incompatibility();

  /**
   * How old the view is: for how long this node hears itself or another node no more, or, until it
   * is ready, for how long it has not known the others. Zero while the view is up to date.
   */
  Duration viewAge();

  /**
   * Tells the others that this node leaves, so that they need not notice.
   *
   * @return completes when the bus has the message, or exceptionally when it can't be sent
   */
  CompletionStage<Void> leave();

  /**
   * What this node knows of the cluster, for people.
   *
   * @return completes soon, on the cluster's thread; never once the cluster is closed
   */
  CompletionStage<ClusterReport> report();

  /** The figures of membership and view. */
  List<MetricSource> metrics();

  /** Ends the cluster's thread, and tells nobody. Idempotent. */
  @Override
  void close();
}
