package io.carillon.server.cli;

import io.carillon.broker.InMemoryBus;
import io.carillon.config.Sources;
import io.carillon.part.BrokerDriver;
import io.carillon.part.DemoShare;
import io.carillon.server.LogConfig;
import io.carillon.server.Parts;
import io.carillon.server.Server;
import io.carillon.server.config.NodeConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;

/**
 * Everything that the demo runs: nodes, and a broker of its own if one is installed. {@link #close}
 * stops all of it, last first.
 */
final class DemoCluster implements AutoCloseable {

  /** Few enough for the file limits of every machine. */
  private static final int MAX_CONNECTIONS = 1_000;

  private static final String LAUNCHER = "bin/carillon";
  private static final int NOT_INSTALLED = 4;

  private final Parts parts;
  private final PrintWriter out;
  private final LogConfig.Level logLevel;
  private final Path home;
  private final List<DemoShare> shares;
  private final Deque<AutoCloseable> started = new ConcurrentLinkedDeque<>();

  DemoCluster(Parts parts, PrintWriter out, LogConfig.Level logLevel) {
    this.parts = parts;
    this.out = out;
    this.logLevel = logLevel;
    this.home = Path.of(System.getProperty("carillon.home", "."));
    SecureRandom random = new SecureRandom();
    this.shares = parts.frontEnds().stream().flatMap(part -> part.demo(random).stream()).toList();
  }

  /** What the user can try beside the page, a line each. */
  List<String> hints() {
    return shares.stream().flatMap(share -> share.hints().stream()).toList();
  }

  /**
   * Starts one node for each port; a port that is taken is replaced by a free one.
   *
   * @return the nodes' URLs
   * @throws IOException if something does not start; the message is for the user
   */
  List<URI> start(DemoChoice choice, List<Integer> ports) throws Exception {
    return switch (choice) {
      case DemoChoice.Running(BrokerDriver driver, String uri) ->
          startProcesses(new Bus(driver, uri), ports);
      case DemoChoice.Named(DemoBroker broker) ->
          startProcesses(
              startBroker(broker)
                  .orElseThrow(
                      () ->
                          new IOException(
                              "%s is not installed: %s"
                                  .formatted(broker.title(), broker.remedy()))),
              ports);
      case DemoChoice.Unsaid(DemoBroker usual) -> {
        Optional<Bus> bus = startBroker(usual);
        yield bus.isPresent() ? startProcesses(bus.get(), ports) : startEmbedded(usual, ports);
      }
    };
  }

  private List<URI> startProcesses(Bus bus, List<Integer> ports)
      throws IOException, InterruptedException {
    List<URI> urls = new ArrayList<>();
    for (int port : ports) {
      urls.add(startProcess(bus, urls.size() + 1, free(port)));
    }
    return urls;
  }

  private List<URI> startEmbedded(DemoBroker missing, List<Integer> ports) throws Exception {
    say(
        "%s is not installed: two nodes share one process and the embedded broker. For the real thing: %s"
            .formatted(missing.title(), missing.remedy()));
    InMemoryBus shared = new InMemoryBus();
    started.push(shared);
    List<URI> urls = new ArrayList<>();
    for (int port : ports) {
      urls.add(startEmbedded(shared, urls.size() + 1, free(port)));
    }
    return urls;
  }

  /**
   * A broker that the nodes use.
   *
   * @param uri its address
   */
  private record Bus(BrokerDriver driver, String uri) {

    /** The variable that gives a node the address. */
    String variable() {
      return driver.address().orElseThrow().variable();
    }
  }

  /** A broker that was started; empty if it is not installed. */
  private Optional<Bus> startBroker(DemoBroker broker) throws IOException, InterruptedException {
    int port = free(0);
    TemporaryFolder folder = TemporaryFolder.create("carillon-demo-" + broker.name());
    started.push(folder);
    say("Starting " + broker.title() + " on port " + port + " ...");
    ChildProcess process = ChildProcess.start(command(broker, folder.path(), port), Map.of());
    started.push(process);
    Optional<String> ready = process.awaitLine(broker.title() + " ready");
    if (ready.isPresent()) {
      return Optional.of(new Bus(broker.driver(), broker.local().uri().apply(port)));
    }
    if (process.exitCode() == NOT_INSTALLED) {
      return Optional.empty();
    }
    throw new IOException(broker.title() + " did not start; its last words are above");
  }

  private List<String> command(DemoBroker broker, Path folder, int port) {
    List<String> command = new ArrayList<>(broker.local().launcher());
    command.set(0, home.resolve(command.getFirst()).toString());
    command.addAll(
        List.of(
            "--dir", folder.toString(), "--port", Integer.toString(port), "--until-stdin-closes"));
    return command;
  }

  private URI startProcess(Bus bus, int number, int port) throws IOException, InterruptedException {
    ChildProcess node =
        ChildProcess.start(
            List.of(
                home.resolve(LAUNCHER).toString(),
                "serve",
                "--port",
                Integer.toString(port),
                "--node-id",
                "node-" + number,
                "--drain-announce",
                "0s",
                "--max-connections",
                Integer.toString(MAX_CONNECTIONS),
                "--set",
                "adapter.driver=" + bus.driver().name(),
                "--log-level",
                logLevel.name().toLowerCase(Locale.ROOT)),
            environment(bus));
    started.push(node);
    String ready =
        node.awaitLine("Ready: ")
            .orElseThrow(() -> new IOException("node " + number + " did not start"));
    URI url = URI.create(ready.substring("Ready: ".length()));
    say("Node " + number + " is ready: " + url + "  (process " + node.pid() + ")");
    return url;
  }

  private Map<String, String> environment(Bus bus) {
    Map<String, String> environment = environment();
    environment.put(bus.variable(), bus.uri());
    environment.put("CARILLON_JAVA", System.getProperty("java.home"));
    return environment;
  }

  /** What the page and the front ends need in every node. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("CARILLON_PAGE_CLUSTER", "figures");
    shares.forEach(share -> environment.putAll(share.environment()));
    return environment;
  }

  private URI startEmbedded(InMemoryBus bus, int number, int port) throws Exception {
    Sources sources =
        new Sources(
            null,
            environment(),
            List.of(
                flag("port", Integer.toString(port)),
                flag("node_id", "node-" + number),
                flag("threads", "1")));
    Server node = new Server(NodeConfiguration.load(parts.on(bus), sources).server());
    started.push(node);
    try {
      InetSocketAddress address = node.start().toCompletableFuture().get();
      URI url = URI.create("ws://127.0.0.1:" + address.getPort());
      say("Node " + number + " is ready: " + url);
      return url;
    } catch (ExecutionException e) {
      throw new IOException("node " + number + " did not start", e);
    }
  }

  private static Sources.Flag flag(String key, String value) {
    return new Sources.Flag("--set", key, value);
  }

  /** The port itself if it is free, else another one. */
  private static int free(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      if (wanted == 0) {
        throw taken;
      }
      return free(0);
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void close() {
    for (AutoCloseable part = started.poll(); part != null; part = started.poll()) {
      try {
        part.close();
      } catch (Exception e) {
        say("While stopping: " + e);
      }
    }
  }
}
