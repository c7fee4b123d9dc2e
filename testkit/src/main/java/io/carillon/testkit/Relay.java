package io.carillon.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes TCP connections on to a server of this machine, and cuts, stalls or swallows them when
 * told to: the network between a node and its broker. Virtual threads carry the bytes. Any thread
 * may call it.
 */
public final class Relay implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final Thread acceptor;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Bytes that have come from a side wait for its gate; completed unless stalled. */
  private final Map<Side, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();

  /** Bytes that come from these sides are thrown away. */
  private final Set<Side> swallowed = ConcurrentHashMap.newKeySet();

  /** A side of the relay, from which bytes come. */
  public enum Side {
    NODE,
    BROKER
  }

  private Relay(ServerSocket listener, InetSocketAddress server) {
    this.listener = listener;
    this.server = server;
    this.acceptor = Thread.ofVirtual().start(this::accept);
  }

  /** Listens on a port that nothing else uses, also while this relay is stopped. */
  public static Relay to(InetSocketAddress server) {
    return to(server, Ports.unused());
  }

  /** Listens on this port of the loopback interface. */
  public static Relay to(InetSocketAddress server, int port) {
    return on(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), server);
  }

  /**
   * Listens on this address of this machine, where port 0 stands for any. A relay that was stopped
   * may hold the port a little longer: a program that the test starts meanwhile has copies of all
   * sockets until it has closed them.
   */
  public static Relay on(InetSocketAddress address, InetSocketAddress server) {
    AtomicReference<@Nullable ServerSocket> listener = new AtomicReference<>();
    await()
        .atMost(RecordingListener.PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .ignoreException(BindException.class)
        .until(
            () -> {
              listener.set(new ServerSocket(address.getPort(), BACKLOG, address.getAddress()));
              return true;
            });
    return new Relay(Objects.requireNonNull(listener.get()), server);
  }

  /** The port on which it listens, or has listened. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Lets nothing through, in either direction, without closing anything. */
  public void stall() {
    EnumSet.allOf(Side.class).forEach(this::stall);
  }

  /** Lets nothing through that comes from a side, without closing anything. */
  public void stall(Side from) {
    gates.putIfAbsent(from, new CompletableFuture<>());
  }

  /** Throws away what comes from a side, without closing anything. */
  public void swallow(Side from) {
    swallowed.add(from);
  }

  /** Ends {@link #stall}. Bytes that have waited go on their way. */
  public void resume() {
    Map<Side, CompletableFuture<Void>> stalled = new EnumMap<>(Side.class);
    stalled.putAll(gates);
    gates.clear();
    stalled.values().forEach(gate -> gate.complete(null));
  }

  /** Cuts all connections; new ones are welcome. */
  public void cut() {
    sockets.forEach(Relay::closeQuietly);
    sockets.clear();
  }

  /** Whether it refuses connections. */
  public boolean isStopped() {
    return listener.isClosed();
  }

  /**
   * Cuts all connections, and refuses new ones. The port is free afterwards: a closed server socket
   * holds the port until the thread that accepts has left.
   */
  public void stop() {
    closeQuietly(listener);
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cut();
    resume();
  }

  @Override
  public void close() {
    stop();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket node = listener.accept();
        sockets.add(node);
        node.setTcpNoDelay(true);
        Socket broker = new Socket(server.getAddress(), server.getPort());
        sockets.add(broker);
        broker.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> carry(Side.NODE, node, broker));
        Thread.ofVirtual().start(() -> carry(Side.BROKER, broker, node));
      } catch (IOException closed) {
        // Closed while accepting, which the loop sees, or a side that is gone, which the other
        // feels.
      }
    }
  }

  private void carry(Side side, Socket from, Socket to) {
    byte[] buffer = new byte[64 << 10];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        awaitGate(side);
        if (!swallowed.contains(side)) {
          to.getOutputStream().write(buffer, 0, n);
        }
      }
    } catch (IOException cut) {
      closeQuietly(from);
    } finally {
      closeQuietly(to);
    }
  }

  private void awaitGate(Side side) {
    CompletableFuture<Void> gate = gates.get(side);
    if (gate != null) {
      gate.join();
    }
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
