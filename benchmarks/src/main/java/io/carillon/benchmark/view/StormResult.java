package io.carillon.benchmark.view;

import java.util.List;

/**
 * A join storm, as it is stored.
 *
 * @param nodes how many nodes the members were spread over
 * @param members how many members joined
 * @param loadAverage of the machine in the minute before; more than 0.5 disturbs the figures
 * @param joinedSeconds from the first subscribe until the last member was subscribed
 * @param completeSeconds until every member knew all members
 * @param deltas control messages of all nodes that told members, once for each sender
 * @param deltaBytes their payload bytes, once for each sender
 * @param snapshots how often a node asked another one for its slice
 * @param removed how often a client was told that a member is gone, although nobody leaves
 * @param worstLagSeconds the largest delay of an event loop of a node
 * @param viewAgeSeconds the largest age of a node's view
 * @param cpuSeconds CPU time of all nodes
 * @param loadCpuSeconds CPU time of the clients
 * @param receivedBytes what all clients received
 * @param points the course of the storm
 */
record StormResult(
    int nodes,
    int members,
    double loadAverage,
    double joinedSeconds,
    double completeSeconds,
    long deltas,
    long deltaBytes,
    long snapshots,
    long removed,
    double worstLagSeconds,
    double viewAgeSeconds,
    double cpuSeconds,
    double loadCpuSeconds,
    long receivedBytes,
    List<Point> points) {

  /**
   * A moment of the storm.
   *
   * @param seconds since the first subscribe
   * @param joined the share of the members that are subscribed
   * @param known how much of what all members will know they know
   */
  record Point(double seconds, double joined, double known) {}
}
