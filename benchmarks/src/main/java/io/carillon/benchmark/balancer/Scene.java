package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The processes and the clients of one drill: a Redis, nodes, balancers. Closing it ends all of
 * them, the last one first. For the drill's thread.
 */
final class Scene implements AutoCloseable {

  /** What a process of 20,000 file descriptors can hold, with two for each client. */
  private static final String MOST = "  maxconn 8000";

  private final Path folder;
  private final Tally tally;
  private final Deque<Part> all = new ArrayDeque<>();
  private final List<Node> nodes = new ArrayList<>();
  private int balancers;

  /**
   * @param folder where logs and configurations go
   * @param tally what its clients count
   */
  Scene(Path folder, Tally tally) {
    this.folder = folder;
    this.tally = tally;
  }

  /** Where logs and configurations are. */
  Path folder() {
    return folder;
  }

  /** The counters of the drill's clients. */
  Tally tally() {
    return tally;
  }

  /** Closes something at the end of the scene, before what has been added earlier. */
  <T extends Part> T add(T part) {
    all.push(part);
    return part;
  }

  Redis redis() throws IOException, InterruptedException {
    return add(new Redis(folder));
  }

  /** Starts a node, as {@link #nodes()} has it from then on. */
  Node node(Redis redis, String... options) throws IOException, InterruptedException {
    return node(redis.url(), options);
  }

  /** The same with the URL of a Redis. */
  Node node(String redis, String... options) throws IOException, InterruptedException {
    Node node = add(new Node(nodes.size() + 1, redis, List.of(options), folder));
    nodes.add(node);
    return node;
  }

  /** All nodes so far, node 1 first. */
  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** The node with a number from 1. */
  Node node(int number) {
    return nodes.get(number - 1);
  }

  /**
   * Starts HAProxy in front of all nodes so far, as {@code carillon balancer haproxy --sticky}
   * configures it: its cookie tells clients their node. Waits until all nodes are up.
   */
  HaProxy haproxy() throws IOException, InterruptedException {
    int port = Ports.free();
    HaProxy haproxy = haproxy(port, haproxyFile(port, "--sticky"));
    for (Node node : nodes) {
      haproxy.awaitStatus("websockets", node.name(), "UP");
    }
    return haproxy;
  }

  /** The configuration that the command prints for HAProxy and all nodes so far. */
  String haproxyFile(int port, String... options) throws IOException, InterruptedException {
    return BalancerFile.replace(
        BalancerFile.of("haproxy", port, nodes, List.of(options)), "(?m)^  maxconn \\d+$", MOST);
  }

  /** Starts HAProxy with any configuration, and does not wait for nodes. */
  HaProxy haproxy(int port, String configuration) throws IOException, InterruptedException {
    return add(new HaProxy(port, folder.resolve("haproxy-" + ++balancers), configuration));
  }

  /** The configuration that the command prints for nginx and all nodes so far. */
  String nginxFile(int port) throws IOException, InterruptedException {
    return BalancerFile.of("nginx", port, nodes, List.of("--sticky"));
  }

  /** Starts nginx with a configuration of {@link #nginxFile}. */
  Nginx nginx(int port, String configuration) throws IOException, InterruptedException {
    return add(new Nginx(port, folder.resolve("nginx-" + ++balancers), configuration));
  }

  /**
   * Clients that reconnect, as clients/js does. Waits until all are connected.
   *
   * @param ports of the balancers, which each client tries in turn
   */
  Clients clients(int count, int... ports) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Clients clients = add(new Clients(tally, count, ports));
    clients.awaitAll();
    return clients;
  }

  @Override
  public void close() {
    while (!all.isEmpty()) {
      all.pop().close();
    }
  }
}
