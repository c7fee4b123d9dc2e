package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.Results.Competitor;
import java.util.List;
import java.util.Map;

/** The report's texts beside the figures. */
final class ReportTexts {

  static final String DELIVERIES =
      """
      In brackets: the ratio to uWebSockets, and to the bare C server that sends once per turn. B messages of 128
      bytes, or 1 KB, are published at once to each channel. The next B messages follow when all subscribers have
      received these.

      """;

  static final String IDLE =
      """
      The cost of one more idle connection, as the slope from 4,000 to 18,000 connections, without the kernel's own
      memory for a socket. A client of Carillon has joined the default topic, and Carillon's JVM collects its garbage
      before its memory is read; the other servers are read as they are. Memory is that of a fresh process. Accepting is
      measured afterwards, in the fifth wave of 14,000 connections.

      """;

  static final String LATENCY =
      """
      The time from the publication until a subscriber receives it, p50 / p99 in milliseconds, while the server is as
      busy as it can be. The time is mostly that of the whole round: a server writes its sockets in some order, and the last
      ones wait.

      """;

  static final String LOAD =
      """
      The share of its own processor that the load generator used. Near 100 % the load generator would limit the
      wall time; deliveries per CPU second of the server don't depend on it.

      """;

  private ReportTexts() {}

  static String head(Results results) {
    return """
    # Fan-out beside other servers

    <!-- Written by `make bench-peers`; `tools/bench-peers --render` makes it anew from fan-out.json. -->

    The cost of one message to many subscribers, in Carillon and in servers that you could use instead. All servers
    ran in turn on one machine, each as a fresh process on one processor, with the clients on another processor.
    A figure is the median of %d. The load generator compared every byte of every message with the published message.

    ![Deliveries per CPU second of each server, on a logarithmic scale](fan-out.svg)

    The two servers in C and the one on uWebSockets do only the fan-out: no authorisation, no limits, no
    other nodes. They show the limit that the kernel sets.

    """
        .formatted(results.repetitions());
  }

  /** The machine, and each server with its version and command. */
  static String ranOn(Map<String, String> facts, String finished, List<Competitor> peers) {
    StringBuilder text = new StringBuilder("## How it was run\n\n");
    Table machine = Table.ofTexts(List.of("", ""));
    facts.forEach((name, value) -> machine.row(List.of(name, value)));
    machine.row(List.of("Finished", finished));
    text.append(machine);
    text.append(
        "\nEach server has its own defaults, without the limits that the load would meet:\n\n");
    Table versions = Table.ofTexts(List.of("server", "version", "command"));
    for (Competitor peer : peers) {
      versions.row(List.of(peer.title(), peer.version(), "`" + peer.command() + "`"));
    }
    return text.append(versions).toString();
  }

  static String conditions(Results results) {
    StringBuilder text =
        new StringBuilder(ranOn(results.machine(), results.finished(), results.peers()));
    text.append(
        """

        `$PEERS` is the folder in which `tools/install-peers` installs them. The load generator ran for each server as

        ```
        taskset -c 1 benchmarks/load/target/load --driver DRIVER --port $PORT --clients N --listening M \\
          --channels C --sources 4 --server-pid PID
        ```

        Two seconds of B=1 warm a server up. Then each case runs for half a second, and is measured for 1.5 s or
        one round. A case whose round would take more than 4 s is left out.
        """);
    results
        .missing()
        .forEach((name, why) -> text.append("\nMissing: " + name + " (" + why + ")\n"));
    return text.toString();
  }
}
