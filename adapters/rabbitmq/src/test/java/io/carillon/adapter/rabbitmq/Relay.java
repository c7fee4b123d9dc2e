package io.carillon.adapter.rabbitmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Passes TCP connections on to RabbitMQ, and cuts or stalls them when told to: the network between
 * a node and its broker. Virtual threads carry the bytes.
 */
final class Relay implements AutoCloseable {

  private final AmqpUri.Host target;
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Bytes that have come wait for this; completed unless stalled. */
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  private Relay(String address, int port, AmqpUri.Host target) {
    this.target = target;
    try {
      server = new ServerSocket(port, 50, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Listens on this port, 0 for any. */
  static Relay listen(int port, AmqpUri target) {
    return new Relay("127.0.0.1", port, target.hosts().getFirst());
  }

  /** Listens on any port of this address. */
  static Relay listenOn(String address, AmqpUri target) {
    return new Relay(address, 0, target.hosts().getFirst());
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
        Thread.ofVirtual().start(() -> carry(client, broker));
        Thread.ofVirtual().start(() -> carry(broker, client));
      } catch (IOException closed) {
        // Closed while accepting, which the loop sees, or a side that is gone, which the other
        // feels.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[64 << 10];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        gate.join();
        to.getOutputStream().write(buffer, 0, n);
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
