package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.BrokerResults.Contest;
import io.carillon.benchmark.peers.Results.Competitor;
import java.util.List;
import java.util.Locale;

/** The texts of the report about brokers beside the figures. */
final class BrokerTexts {

  static final String RATIOS =
      """
      Carillon's figure divided by the other server's. Latency and CPU time are better below 1, messages per second
      above. CPU time is that of both nodes and of the broker together, for each message.

      """;

  private BrokerTexts() {}

  static String head(BrokerResults results) {
    return String.format(
        Locale.ROOT,
        """
        # From node to node over each broker

        <!-- Written by `make bench-brokers`; `tools/bench-brokers --render` makes it anew from brokers.json. -->

        Two nodes of Carillon over one broker, beside two nodes of other servers over the same broker, all over
        the Pusher protocol. The nodes of all servers ran at the same time and were measured in turns of %s s, so that other load of
        the machine affected all of them. A figure is the median of %d turns.

        ![Messages from node to node and their CPU time for each server and broker](brokers.svg)

        A client on one node publishes B client events at once to each channel, and the next B when all subscribers have received
        these. The server does not send a client event back to its publisher, so with one subscriber on each node every message that
        counts has gone through the broker: the only client that receives it is connected to the other node. With 1,000
        channels the publishers of half of them are on each node. With 500 subscribers on each node, one message is 999
        deliveries. The load generator compares every byte of every message with the published message, in its publisher's
        order, and waits for the last one; a server that loses one has no figure.

        """,
        results.seconds(),
        results.turns());
  }

  static String conditions(BrokerResults results) {
    StringBuilder text = new StringBuilder("## How it was run\n\n");
    Table machine = Table.ofTexts(List.of("", ""));
    results.machine().forEach((name, value) -> machine.row(List.of(name, value)));
    machine.row(List.of("Finished", results.finished()));
    text.append(machine);
    text.append(
        String.format(
            Locale.ROOT,
            """

            The nodes of all servers have processor 0, the load generator has processor 1, and the broker may use both.
            Before it is measured in a layout, a server runs its cases for %.0f s, and Carillon, whose JVM compiles
            longer, for %.0f s. Messages have %d bytes. Each server has its own defaults, without the limits that the load would
            meet. Two nodes of Sockudo on one machine can't serve metrics on one port, so its metrics are off:

            """,
            BrokerRun.WARM_UP,
            BrokerRun.WARM_UP_OF_CARILLON,
            BrokerCase.PAYLOAD));
    Table versions = Table.ofTexts(List.of("broker", "server", "version", "command of each node"));
    for (Contest contest : results.contests()) {
      for (Competitor peer : contest.peers()) {
        versions.row(
            List.of(contest.title(), peer.title(), peer.version(), "`" + peer.command() + "`"));
      }
    }
    text.append(versions);
    text.append("\n`$PEERS` is the folder in which `tools/install-peers` installs them.\n");
    results
        .missing()
        .forEach((name, why) -> text.append("\nMissing: " + name + " (" + why + ")\n"));
    return text.toString();
  }
}
