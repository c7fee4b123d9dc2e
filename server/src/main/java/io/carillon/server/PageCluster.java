package io.carillon.server;

/** What the page shows of the cluster, to everybody who reaches it. */
public enum PageCluster {
  /** Nothing. */
  NONE,
  /** The nodes: labels, versions, phases and the times of their last heartbeats. */
  NODES,
  /** Also how much each node holds. */
  FIGURES
}
