package io.carillon.benchmark;

import io.carillon.benchmark.peers.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * More clients than one process may have: some on each of several nodes that share a RabbitMQ. It
 * measures their cost at rest, and the time until all of them have received a broadcast of one
 * client.
 */
public final class ManyClients {

  private static final int PAYLOAD = 128;
  private static final int BROADCASTS = 10;
  private static final int MEBIBYTE = 1 << 20;

  private final String program;
  private final List<Node> nodes;
  private final int clients;
  private final List<LoadProcess> loads = new ArrayList<>();

  private record Node(int port, ServerProcess process, long pid) {}

  /** The resources that all nodes use together, in bytes and seconds. */
  private record Usage(long residentBytes, long proportionalBytes, long heapBytes, double cpu) {
    Usage plus(Usage other) {
      return new Usage(
          residentBytes + other.residentBytes,
          proportionalBytes + other.proportionalBytes,
          heapBytes + other.heapBytes,
          cpu + other.cpu);
    }
  }

  private ManyClients(String program, List<Node> nodes, int clients) {
    this.program = program;
    this.nodes = nodes;
    this.clients = clients;
  }

  /**
   * @param args the load generator, the path of the page, and {@code port=pid} of each node
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Node> nodes = new ArrayList<>();
    for (String node : Arrays.asList(args).subList(2, args.length)) {
      String[] parts = node.split("=", 2);
      long pid = Long.parseLong(parts[1]);
      nodes.add(new Node(Integer.parseInt(parts[0]), new ServerProcess(pid), pid));
    }
    ManyClients run = new ManyClients(args[0], nodes, Integer.getInteger("clients", 100_000));
    try {
      Files.writeString(Path.of(args[1]), run.page());
      System.out.println("Written: " + args[1]);
    } finally {
      run.loads.forEach(LoadProcess::close);
    }
  }

  private String page() throws IOException, InterruptedException {
    Usage before = usage();
    double connecting = connect();
    Usage connected = usage();
    double[] milliseconds = new double[BROADCASTS];
    for (int i = 0; i < BROADCASTS; i++) {
      milliseconds[i] = broadcast();
      System.out.printf(
          Locale.ROOT, "  broadcast %d: all heard it in %.0f ms%n", i + 1, milliseconds[i]);
    }
    double cpu = (usage().cpu() - connected.cpu()) / BROADCASTS;
    Arrays.sort(milliseconds);
    StringBuilder page = new StringBuilder();
    page.append("# Many clients\n\n");
    page.append(
        """
        %,d clients on %d nodes of one machine that share a RabbitMQ, each in the lobby and in one more
        topic; then one of them says %d bytes there, %d times, and every client of every node hears
        it: each byte is compared. The load generators share the machine's processors with the nodes.
        Written by `make bench-many`.

        """
            .formatted(clients, nodes.size(), PAYLOAD, BROADCASTS));
    page.append("| what | figure |\n|---|---|\n");
    for (Map.Entry<String, String> fact : Machine.describe().entrySet()) {
      row(page, fact.getKey(), fact.getValue());
    }
    row(page, "connected and subscribed", "%,d".formatted(clients));
    row(page, "time to connect them all", "%.1f s".formatted(connecting));
    double accept = 1e6 * (connected.cpu() - before.cpu()) / clients;
    row(page, "CPU of the nodes for a connection", "%.0f µs".formatted(accept));
    long heap = connected.heapBytes() - before.heapBytes();
    row(page, "live heap for a client, after two full collections", each(heap));
    row(page, "PSS for a client", each(connected.proportionalBytes() - before.proportionalBytes()));
    row(page, "RSS for a client", each(connected.residentBytes() - before.residentBytes()));
    row(page, "RSS of a node without clients", perNode(before.residentBytes()));
    row(page, "RSS of a node with its clients", perNode(connected.residentBytes()));
    row(
        page,
        "broadcast, from saying it until the last client has heard it: best, median, worst",
        "%.0f, %.0f, %.0f ms"
            .formatted(
                milliseconds[0], milliseconds[BROADCASTS / 2], milliseconds[BROADCASTS - 1]));
    row(page, "CPU of the nodes for a delivery", "%.1f µs".formatted(1e6 * cpu / clients));
    return page.toString();
  }

  private String each(long bytes) {
    return "%,d B".formatted(bytes / clients);
  }

  private String perNode(long bytes) {
    return "%,d MiB".formatted(bytes / nodes.size() / MEBIBYTE);
  }

  private static void row(StringBuilder page, String what, String figure) {
    page.append("| ").append(what).append(" | ").append(figure).append(" |\n");
  }

  private double connect() throws IOException {
    double seconds = 0;
    int left = clients;
    for (int i = 0; i < nodes.size(); i++) {
      int share = left / (nodes.size() - i);
      left -= share;
      Node node = nodes.get(i);
      LoadProcess load = LoadProcess.connect(program, node.port(), node.pid(), share, PAYLOAD);
      loads.add(load);
      double took = load.answer("connected").path("seconds").asDouble();
      System.out.printf(
          Locale.ROOT, "  %,d clients connected to node %d in %.1f s%n", share, i + 1, took);
      seconds += took;
    }
    return seconds;
  }

  /** Milliseconds from the publish until the last client has received it. */
  private double broadcast() throws IOException {
    loads.getFirst().ask("publish " + PAYLOAD + " 1");
    for (LoadProcess load : loads) {
      load.ask("hear " + PAYLOAD + " 1");
    }
    long said = loads.getFirst().answer("published").path("unix_nanos").asLong();
    long last = said;
    long heard = 0;
    for (LoadProcess load : loads) {
      JsonNode answer = load.answer("heard");
      heard += answer.path("deliveries").asLong();
      last = Math.max(last, answer.path("last_unix_nanos").asLong());
    }
    if (heard != clients) {
      throw new IOException(heard + " deliveries (expected: " + clients + ")");
    }
    return (last - said) / 1e6;
  }

  private Usage usage() throws IOException, InterruptedException {
    Usage sum = new Usage(0, 0, 0, 0);
    for (Node node : nodes) {
      ServerProcess process = node.process();
      double cpu = process.cpuSeconds(); // Before the collection, which isn't the clients' work.
      long heap = process.liveHeapBytes();
      sum = sum.plus(new Usage(process.residentBytes(), process.proportionalBytes(), heap, cpu));
    }
    return sum;
  }
}
