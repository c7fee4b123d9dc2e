package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.Results.Competitor;
import java.util.List;
import java.util.Map;

/** What the report says beside figures. */
final class ReportTexts {

  static final String DELIVERIES =
      """
      In brackets: the ratio to uWebSockets, and to the bare C server that sends once per turn. B messages
      are published at once to each channel, and again when all subscribers have heard them; each has 128
      bytes, or 1 KB.

      """;

  static final String IDLE =
      """
      What one more connection costs that does nothing, as the slope from 4,000 to 18,000 of them. The
      kernel's own memory for a socket is not in it. A client of Carillon has joined the default topic, and
      its JVM is asked to collect its garbage before it is read; the others are read as they are. Memory is
      that of a fresh process; accepting is measured after it, in the fifth wave of 14,000.

      """;

  static final String LATENCY =
      """
      From the publication to a subscriber's hearing it, p50 / p99 in milliseconds, while the server is as
      busy as it can be: the time is mostly that of the round. The order of sockets decides who waits.

      """;

  static final String LOAD =
      """
      Which part of its own processor the load generator used. Near 100 % it would be the limit of the
      wall time; deliveries per CPU second of the server don't depend on it.

      """;

  private ReportTexts() {}

  static String head(Results results) {
    return """
    # Fan-out beside other servers

    <!-- Written by `make bench-peers`; `tools/bench-peers --render` makes it anew from fan-out.json. -->

    What one message to many subscribers costs, in Carillon and in what could be used instead. Everything
    ran in turn on one machine, each server as a fresh process on one processor, the clients on another;
    a figure is the median of %d. Every byte of every message was compared with what was sent.

    ![Deliveries per CPU second of each server, on a logarithmic scale](fan-out.svg)

    The two servers in C and the one on uWebSockets do nothing but this: no authorisation, no limits, no
    other nodes. They show what the kernel leaves to be gained.

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
        "\nServers with the defaults of their own, limits lifted that the load would meet:\n\n");
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

        `$PEERS` is where `tools/install-peers` puts them. The load generator, for each of them:

        ```
        taskset -c 1 benchmarks/load/target/load --driver DRIVER --port $PORT --clients N --listening M \\
          --channels C --sources 4 --server-pid PID
        ```

        Two seconds of B=1 warm a server up, then half a second each case, which is measured for 1.5 s or
        one round. A case of which a round would take more than 4 s is left out.
        """);
    results
        .missing()
        .forEach((name, why) -> text.append("\nMissing: " + name + " (" + why + ")\n"));
    return text.toString();
  }
}
