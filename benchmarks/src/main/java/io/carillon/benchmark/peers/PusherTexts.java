package io.carillon.benchmark.peers;

/** The texts of the report about the Pusher protocol beside the figures. */
final class PusherTexts {

  static final String PER_CPU_SECOND =
      """
      In brackets: how many times as much Carillon does. Client events: one client of a private channel publishes B at
      once, and the next B when all others have received these; the figure counts deliveries. HTTP publishes to a channel with
      subscribers count deliveries, too; HTTP publishes to a channel without subscribers count publishes.

      """;

  static final String PER_SECOND =
      """
      The same per second of the clock, and p50 / p99 in milliseconds: the time from the publish until a subscriber
      receives it, or until the answer if the channel has no subscriber. The servers are as busy as they can be.

      """;

  static final String LOAD =
      """
      New connections for each publish (0.00 if the server keeps them open), and the share of its own processor that the load
      generator used. Near 100 % the load generator would limit the wall time; figures per CPU second of the server
      don't depend on it.

      """;

  private PusherTexts() {}

  static String head(PusherResults results) {
    return """
    # The Pusher protocol beside other servers

    <!-- Written by `make bench-pusher`; `tools/bench-pusher --render` makes it anew from pusher.json. -->

    The cost of client events and of publishes through the HTTP API, in Carillon and in other servers of the
    Pusher protocol. All servers ran on one machine, on one processor, with the clients on another. They ran at the same time
    and were measured in turns of 1.5 s, so that other load of the machine affected all of them. A figure is the median of
    %d turns. The load generator compared every byte of every message with the published message, and every answer
    of the API with that server's answer to a success.

    ![Client events and HTTP publishes for each CPU second of each server](pusher.svg)

    Each HTTP connection has one signed request under way. The next request follows when this one is answered and all
    subscribers have received its message. Each subscriber must receive messages in their publisher's order. If a server
    closes the connection with each answer (`Connection: close`), the load generator opens a new one, as any client would:
    that is part of the server's figures. A library that keeps connections open can't keep those.

    """
        .formatted(results.repetitions());
  }

  static String conditions(PusherResults results) {
    StringBuilder text =
        new StringBuilder(
            ReportTexts.ranOn(results.machine(), results.finished(), results.peers()));
    text.append(
        """

        `$PEERS` is the folder in which `tools/install-peers` installs them. The load generator ran for each server as

        ```
        taskset -c 1 benchmarks/load/target/load --driver pusher --port $PORT --clients N --listening N \\
          --channels 1 --sources 4 --server-pid PID --answer '{}'
        ```

        The load generator is told `rounds 128 B SECONDS` for client events and `http 128 CONNECTIONS SECONDS` for HTTP
        publishes, of 128 bytes each. A server is warm when it has used 20 s of CPU time in this layout, or
        after 60 s. In its turns each case runs for 0.3 s, and is then measured for 1.5 s.
        """);
    results
        .missing()
        .forEach((name, why) -> text.append("\nMissing: " + name + " (" + why + ")\n"));
    return text.toString();
  }
}
