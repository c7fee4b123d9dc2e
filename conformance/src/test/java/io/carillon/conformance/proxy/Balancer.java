package io.carillon.conformance.proxy;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * HAProxy in front of two nodes or more, as {@code carillon balancer haproxy} configures it. It has
 * a port for which the nodes take turns, and one for each node, for tests that have to know their
 * node.
 */
public final class Balancer implements AutoCloseable {

  private final HaProxy haproxy;
  private final List<Integer> doors;

  private Balancer(HaProxy haproxy, List<Integer> doors) {
    this.haproxy = haproxy;
    this.doors = doors;
  }

  /** Starts it and waits until it answers. */
  public static Balancer start(List<Node> nodes) {
    List<Integer> doors = Stream.generate(Ports::free).limit(1L + nodes.size()).toList();
    // So that all nodes are asked, however many clients each has.
    PrintedConfiguration printed =
        PrintedConfiguration.of(
            "haproxy",
            doors.getFirst(),
            PrintedConfiguration.addresses(nodes),
            List.of("--balance", "roundrobin"));
    for (int i = 0; i < nodes.size(); i++) {
      printed.append(
          """

          frontend door-%1$d
            bind 127.0.0.1:%2$d
            default_backend only-%1$d

          backend only-%1$d
            server node %3$s no-check
          """
              .formatted(i + 1, doors.get(i + 1), nodes.get(i).url().getAuthority()));
    }
    return new Balancer(HaProxy.start(doors.getFirst(), printed), doors).awaitReady();
  }

  private Balancer awaitReady() {
    await()
        .atMost(Patience.LIMIT)
        .ignoreExceptions()
        .until(() -> Http.get(url(), "/").status() == 200);
    return this;
  }

  /** Where the nodes take turns. */
  public URI url() {
    return haproxy.url();
  }

  /** The port of {@link #url}. */
  public int port() {
    return doors.getFirst();
  }

  /** The door of one node, from 1. */
  public int door(int node) {
    return doors.get(node);
  }

  /** How many sessions the balancer has given to each node so far, in the order of the nodes. */
  public List<Long> sessions() {
    return IntStream.range(1, doors.size())
        .mapToObj(
            node ->
                haproxy.sessions("websockets", "node-" + node)
                    + haproxy.sessions("api", "node-" + node))
        .toList();
  }

  @Override
  public void close() {
    haproxy.close();
  }
}
