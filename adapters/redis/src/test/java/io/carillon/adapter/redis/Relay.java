package io.carillon.adapter.redis;

import io.carillon.part.BrokerUri.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Passes TCP connections on to Redis, and cuts or stalls them when told to: the network between a
 * node and its broker. Virtual threads carry the bytes.
 */
final class Relay implements AutoCloseable {

  private final Host target;
  private final ServerSocket server;
  private final Thread accepting;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Bytes that have come wait for this; completed unless stalled. */
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  /** Bytes that come from there are thrown away; null if none are. */
  private volatile @Nullable Side swallowed;

  /** A side of the relay. */
  enum Side {
    NODE,
    REDIS
  }

  private Relay(String address, int port, Host target) {
    this.target = target;
    try {
      server = new ServerSocket(port, 50, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = Thread.ofVirtual().start(this::accept);
  }

  /** Listens on any port of this address. */
  static Relay listenOn(String address, Host target) {
    return new Relay(address, 0, target);
  }

  /** Listens on this port, 0 for any. */
  static Relay listen(int port, Host target) {
    return new Relay("127.0.0.1", port, target);
  }

  /**
   * A port that nothing uses now. It is below those of outgoing connections, so no other connection
   * of this machine takes it by chance before a relay listens there.
   */
  static int unusedPort() {
    for (int port = 10_000 + ThreadLocalRandom.current().nextInt(5_000); ; port++) {
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // The next one.
      }
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Lets nothing through, in either direction, without closing anything. */
  void stall() {
    gate = new CompletableFuture<>();
  }

  /** Throws away what comes from a side, without closing anything. */
  void swallow(Side from) {
    swallowed = from;
  }

  /** Ends {@link #stall}. */
  void resume() {
    gate.complete(null);
  }

  /** Cuts all connections; new ones are welcome. */
  void cut() {
    sockets.forEach(Relay::closeQuietly);
    sockets.clear();
  }

  @Override
  public void close() {
    stop();
  }

  boolean isStopped() {
    return server.isClosed();
  }

  /** Cuts all connections, and refuses new ones. */
  void stop() {
    try {
      server.close();
      accepting.join(); // The port is free when no thread accepts any more.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cut();
    resume();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket broker = new Socket(target.name(), target.port());
        client.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        sockets.addAll(List.of(client, broker));
        Thread.ofVirtual().start(() -> carry(Side.NODE, client, broker));
        Thread.ofVirtual().start(() -> carry(Side.REDIS, broker, client));
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
        gate.join();
        if (side != swallowed) {
          to.getOutputStream().write(buffer, 0, n);
        }
      }
    } catch (IOException cut) {
      closeQuietly(from);
    } finally {
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
