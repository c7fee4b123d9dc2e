package io.carillon.server.doctor;

import io.carillon.part.Finding;
import io.carillon.server.transport.Transport;
import java.util.List;

/**
 * The resources that the JVM and the machine give to a node: native sockets, and heap for its
 * clients.
 */
final class MachineCheck implements Check {

  private static final long MIB = 1 << 20;

  /** The heap of a node without clients. */
  private static final long BASE = 48 * MIB;

  /**
   * The heap for a client that is subscribed to some topics, and for a share of the messages on
   * their way.
   */
  private static final long PER_CLIENT = 4 << 10;

  /** Over TLS: the two buffers and the keys of a TLS session of the JDK. */
  private static final long PER_TLS_CLIENT = 48 << 10;

  private final int maxConnections;
  private final long perClient;
  private final long heap;

  private MachineCheck(int maxConnections, long perClient, long heap) {
    this.maxConnections = maxConnections;
    this.perClient = perClient;
    this.heap = heap;
  }

  static MachineCheck plain(int maxConnections, long heap) {
    return new MachineCheck(maxConnections, PER_CLIENT, heap);
  }

  static MachineCheck withTls(int maxConnections, long heap) {
    return new MachineCheck(maxConnections, PER_CLIENT + PER_TLS_CLIENT, heap);
  }

  @Override
  public List<Finding> run() {
    return List.of(transport(), heap());
  }

  private static Finding transport() {
    return Transport.whyNotNative()
        .map(why -> Finding.warn("transport", "NIO: " + why, "use Linux on x86-64 or arm64"))
        .orElseGet(() -> Finding.ok("transport", "epoll"));
  }

  private Finding heap() {
    long needed = BASE + maxConnections * perClient;
    String figures =
        "%d MiB for %d clients (rule of thumb: %d MiB)"
            .formatted(heap / MIB, maxConnections, Math.ceilDiv(needed, MIB));
    return heap >= needed
        ? Finding.ok("heap", figures)
        : Finding.warn(
            "heap",
            figures,
            "set CARILLON_JAVA_OPTS=-Xmx%dm, or lower limits.max_connections"
                .formatted(Math.ceilDiv(needed, MIB)));
  }
}
