package io.carillon.benchmark.peers;

import io.carillon.benchmark.peers.LoadResult.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Two nodes of Carillon and two of Sockudo over one RabbitMQ, in turns: the time until subscribers
 * on both nodes have received a message, the messages that cross per second, and the deliveries of
 * a fan-out on both nodes.
 */
public final class BenchTwoNodes {

  private static final int PAYLOAD = 128;
  private static final int REPETITIONS = 3;
  private static final double WARM_UP = 12;
  private static final double SECONDS = 4;
  private static final Layout PAIR = new Layout("pair", "one subscriber on each node", 2, 2, 1);
  private static final Layout CROWD =
      new Layout("crowd", "500 subscribers on each node", 1_000, 1_000, 1);

  private final Path program;
  private final Path logs;
  private final Map<Peer, List<Result>> results = new LinkedHashMap<>();

  /** One repetition of one peer. */
  private record Result(Rounds one, Rounds ten, Rounds crowd) {}

  private BenchTwoNodes(Path project) throws IOException {
    this.program = project.resolve("benchmarks/load/target/load");
    this.logs = Files.createDirectories(project.resolve("benchmarks/target/peers-logs"));
  }

  /** Arguments: the project, the folder of the peers, RabbitMQ's URL, the page. */
  public static void main(String[] args) throws Exception {
    Pinned.checkProcessors();
    Path project = Path.of(args[0]).toAbsolutePath();
    Installed installed = new Installed(project, Path.of(args[1]));
    BenchTwoNodes run = new BenchTwoNodes(project);
    for (int repetition = 1; repetition <= REPETITIONS; repetition++) {
      for (Peer peer : Peers.all(installed)) {
        if (peer.name().equals(Peer.CARILLON) || peer.name().equals("sockudo")) {
          run.measure(repetition, over(args[2], peer));
        }
      }
    }
    Files.writeString(Path.of(args[3]), run.page());
    System.err.println("Written: " + args[3]);
  }

  private static Peer over(String rabbitMq, Peer peer) {
    Map<String, String> environment = new HashMap<>(peer.environment());
    environment.put("RABBITMQ_URL", rabbitMq);
    environment.put("ADAPTER_DRIVER", "rabbitmq");
    return new Peer(
        peer.name(),
        peer.title(),
        peer.version(),
        peer.driver(),
        peer.path(),
        peer.command(),
        environment);
  }

  private void measure(int repetition, Peer peer)
      throws IOException, InterruptedException, LoadFailedException {
    try (PeerServer first = PeerServer.start(peer, logs);
        PeerServer second = PeerServer.start(peer, logs)) {
      List<PeerServer.Address> nodes = List.of(first.address(), second.address());
      Rounds one;
      Rounds ten;
      try (LoadGenerator pair = LoadGenerator.connect(program, peer.driver(), nodes, PAIR)) {
        pair.rounds(PAYLOAD, 1, WARM_UP);
        pair.rounds(PAYLOAD, 10, WARM_UP);
        one = pair.rounds(PAYLOAD, 1, SECONDS);
        ten = pair.rounds(PAYLOAD, 10, SECONDS);
      }
      try (LoadGenerator crowd = LoadGenerator.connect(program, peer.driver(), nodes, CROWD)) {
        crowd.rounds(PAYLOAD, 10, SECONDS);
        Result result = new Result(one, ten, crowd.rounds(PAYLOAD, 10, SECONDS));
        results.computeIfAbsent(peer, _ -> new ArrayList<>()).add(result);
        System.err.printf(
            Locale.ROOT,
            "%d/%d %s: B=1 p50 %.2f ms, B=10 %.0f messages/s, crowd %.0f deliveries/s%n",
            repetition,
            REPETITIONS,
            peer.name(),
            one.p50Us() / 1000,
            messagesPerSecond(ten),
            result.crowd().deliveriesPerSecond());
      }
    }
  }

  private static double messagesPerSecond(Rounds rounds) {
    return rounds.rounds() * rounds.batch() / rounds.seconds();
  }

  private String page() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# Node to node over RabbitMQ\n\n");
    page.append(
        """
        Two nodes over one RabbitMQ, in the same run and in turns, medians of %d. One subscriber on each
        node (or 500); the first publishes, and the next round begins when all have heard this one. Every
        byte is compared. Sockudo speaks the Pusher protocol, where a client event spares its sender:
        there it is heard on the other node only. %d bytes; both nodes on one processor, the load
        generator on another, RabbitMQ where it likes. Written by `make bench-two-nodes`.

        | | B=1, p50 / p99 ms | B=10, p50 / p99 ms | messages/s at B=10 | deliveries/s, 1,000 subscribers, B=10 |
        |---|--:|--:|--:|--:|
        """
            .formatted(REPETITIONS, PAYLOAD));
    results.forEach(
        (peer, all) ->
            page.append(
                String.format(
                    Locale.ROOT,
                    "| %s %s | %.2f / %.2f | %.2f / %.2f | %,.0f | %,.0f |%n",
                    peer.title(),
                    peer.version(),
                    median(all, result -> result.one().p50Us() / 1000),
                    median(all, result -> result.one().p99Us() / 1000),
                    median(all, result -> result.ten().p50Us() / 1000),
                    median(all, result -> result.ten().p99Us() / 1000),
                    median(all, result -> messagesPerSecond(result.ten())),
                    median(all, result -> result.crowd().deliveriesPerSecond()))));
    page.append("\n| | |\n|---|---|\n");
    Machine.describe()
        .forEach((name, value) -> page.append("| %s | %s |\n".formatted(name, value)));
    return page.toString();
  }

  private static double median(List<Result> results, ToDoubleFunction<Result> value) {
    return Median.of(results.stream().mapToDouble(value).boxed().toList()).orElseThrow();
  }
}
