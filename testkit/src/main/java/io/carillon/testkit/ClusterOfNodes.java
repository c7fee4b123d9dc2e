package io.carillon.testkit;

/** The cluster that a contract's test uses. */
interface ClusterOfNodes {

  /** Adds a node, started and up; closed after the test. */
  BrokerNode join();
}
