package io.carillon.benchmark.view;

/** The sentences of the page around its figures. */
final class ViewTexts {

  static final String HEAD =
      """
      # The cluster view's cost

      Every node holds what all nodes hold ([ADR 21](../adr/0021-each-node-owns-a-slice.md)). This page shows what that costs
      in messages, CPU and memory, and what a join storm does to a cluster. Written by `make bench-view`; `PARTS=cost`,
      `PARTS=memory` and `PARTS=storm` measure one part anew.

      """;

  static final String COST =
      """
      ## Messages and CPU

      The program's own classes, on one thread and over a simulated bus. Channels are spread over the nodes by chance, each on
      one node or two. A change is another number of subscriptions of a channel; the 1,000 changes a second are of the whole
      cluster. Bytes are payload, and count once for each receiver; a node receives its own control messages, too. A broker's own
      frames come on top. The CPU time contains the simulation's.

      """;

  static final String GROWTH =
      """

      - **With the nodes.** A heartbeat and a change go to every node. So what a node sends at rest grows with the number of
        nodes, and what all nodes send together with its square: at 30 nodes some 34 KB a second of a whole cluster at rest. A
        change costs each node the same few bytes, however many nodes there are. So what a node reads depends on
        the changes of the whole cluster alone.
      - **With the channels.** Neither a heartbeat nor a change gets larger. The CPU time of a change grows a little, because larger
        maps fit worse into the processor's caches. A newcomer gets each node's slice once, so its bytes and its CPU time grow with
        the channels.

      """;

  static final String MEMORY =
      """
      ## Memory

      The heap that one thing of another node takes on this node, after full collections: in the replica of that node's slice, and
      in the rosters on the home loops, which take it on top. A roster is there once for each channel, however many nodes have
      it. The estimate is the size that a slice reckons with; 64 MiB of it are the bound of a node's own slice. Names of
      channels have 20 characters and those of members 12.

      """;

  static final String BOUND =
      """

      A node refuses joins when the estimate of its own slice reaches the bound. So the replicas of a cluster take at most the
      bound times the number of nodes, and the rosters come on top.

      """;

  static final String STORM =
      """
      ## A join storm

      All members of one presence channel subscribe at the same moment, spread over three nodes that share a RabbitMQ. The storm
      ends when every client has been told of every member, itself included: each counts the members that the answer to its
      subscription names, and the events after it. Nodes, RabbitMQ and clients share the machine's processors. If the
      machine's load was above 0.5 before the storm, other programs took part of them, and times and delays are too long.

      ![How many members are subscribed, and what they know of each other](view.svg)

      """;

  static final String STORM_MEANING =
      """

      Each of n members is told of n members, so the messages to clients grow with n². The bytes between nodes grow with n.
      The number of control messages hardly grows, because a node tells its joins of 50 ms in one message of up to 24 KiB.

      """;

  private ViewTexts() {}
}
