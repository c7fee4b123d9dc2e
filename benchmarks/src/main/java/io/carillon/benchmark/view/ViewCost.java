package io.carillon.benchmark.view;

import java.util.Arrays;

/**
 * The cost of one simulated cluster. Bytes count once for each receiver; a node receives its own
 * control messages, too.
 *
 * @param nodes how many nodes the cluster has
 * @param channels how many channels; each is on two nodes, or on one
 * @param fillMicros CPU time of one change on one node, with many changes in one delta
 * @param idleBytes of one node in one second without a change
 * @param idleCpu the share of a processor that one node uses then
 * @param busyBytes of one node in one second with 1,000 changes of the cluster
 * @param busyCpu the share of a processor that one node uses then
 * @param joinBytes all bytes that are sent while a node joins
 * @param joinCpuSeconds CPU time of all nodes meanwhile
 */
record ViewCost(
    int nodes,
    int channels,
    double fillMicros,
    long idleBytes,
    double idleCpu,
    long busyBytes,
    double busyCpu,
    long joinBytes,
    double joinCpuSeconds)
    implements Comparable<ViewCost> {

  /** Reads a line of the table that core's {@code ViewCostTest} writes. */
  static ViewCost parse(String line) {
    double[] cells = Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    return new ViewCost(
        (int) cells[0],
        (int) cells[1],
        cells[2],
        (long) cells[3],
        cells[4],
        (long) cells[5],
        cells[6],
        (long) cells[7],
        cells[8]);
  }

  /** By the number of nodes, then of channels. */
  @Override
  public int compareTo(ViewCost other) {
    int byNodes = Integer.compare(nodes, other.nodes);
    return byNodes != 0 ? byNodes : Integer.compare(channels, other.channels);
  }
}
