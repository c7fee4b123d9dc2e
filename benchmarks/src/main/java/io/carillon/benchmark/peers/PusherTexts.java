package io.carillon.benchmark.peers;

/** What the report about the Pusher protocol says beside figures. */
final class PusherTexts {

  static final String PER_CPU_SECOND =
      """
      In brackets: how many times as much Carillon does. Client events: B at once from one client of a
      private channel, and again when all others have heard them; what counts is deliveries. HTTP
      publishes that are heard: deliveries too; those that nobody hears: publishes.

      """;

  static final String PER_SECOND =
      """
      The same in a second of the clock, and p50 / p99 in milliseconds: from publishing to a subscriber's
      hearing it, or to the answer where nobody hears it. The servers are as busy as they can be.

      """;

  static final String LOAD =
      """
      New connections for each publish (0.00 where the server keeps them), and which part of its own
      processor the load generator used. Near 100 % it would be the limit of the wall time; what is done
      in a CPU second of the server doesn't depend on it.

      """;

  private PusherTexts() {}

  static String head(PusherResults results) {
    return """
    # The Pusher protocol beside other servers

    <!-- Written by `make bench-pusher`; `tools/bench-pusher --render` makes it anew from pusher.json. -->

    What client events and publishes through the HTTP API cost, in Carillon and in other servers of the
    Pusher protocol. All ran on one machine, the servers on one processor and the clients on another. They
    stood ready together and were measured in turns of 1.5 s, so that what else the machine did met all of
    them; a figure is the median of %d turns. Every byte of every message was compared with what was sent,
    and every answer of the API with what that server answers a success with.

    ![Client events and HTTP publishes for each CPU second of each server](pusher.svg)

    Each HTTP connection has one signed request under way, and the next one when it is answered and all
    have heard its message, which each subscriber must hear in its publisher's order. A server that ends
    the connection with each answer (`Connection: close`) is given a new one, as any client would: that
    is part of its figures. A library that keeps connections can't keep those.

    """
        .formatted(results.repetitions());
  }

  static String conditions(PusherResults results) {
    StringBuilder text =
        new StringBuilder(
            ReportTexts.ranOn(results.machine(), results.finished(), results.peers()));
    text.append(
        """

        `$PEERS` is where `tools/install-peers` puts them. The load generator, for each of them:

        ```
        taskset -c 1 benchmarks/load/target/load --driver pusher --port $PORT --clients N --listening N \\
          --channels 1 --sources 4 --server-pid PID --answer '{}'
        ```

        It is told `rounds 128 B SECONDS` for client events and `http 128 CONNECTIONS SECONDS` for HTTP
        publishes, of 128 bytes each. A server is warm when it has used 20 s of CPU time in this layout, or
        after 60 s; in its turns each case is run for 0.3 s, and then measured for 1.5 s.
        """);
    results
        .missing()
        .forEach((name, why) -> text.append("\nMissing: " + name + " (" + why + ")\n"));
    return text.toString();
  }
}
