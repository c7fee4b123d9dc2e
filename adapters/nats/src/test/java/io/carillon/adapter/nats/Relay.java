package io.carillon.adapter.nats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Passes TCP connections on to a server on this machine, and cuts or stalls them when told to: the
 * network between a node and its broker. Virtual threads carry the bytes.
 */
final class Relay implements AutoCloseable {

  private static final CompletableFuture<Void> OPEN = CompletableFuture.completedFuture(null);

  private final int target;
  private final ServerSocket server;
  private final Thread acceptor;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Bytes to the server wait for this; completed unless stalled. */
  private volatile CompletableFuture<Void> there = OPEN;

  /** Bytes from the server wait for this; completed unless stalled. */
  private volatile CompletableFuture<Void> back = OPEN;

  private Relay(InetAddress address, int port, int target) {
    this.target = target;
    try {
      server = new ServerSocket(port, 50, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  /** Listens on this port. */
  static Relay listen(int port, int target) {
    return new Relay(InetAddress.getLoopbackAddress(), port, target);
  }

  /** Listens on any port of another address of this machine. */
  static Relay listenOn(String address, int target) {
    try {
      return new Relay(InetAddress.getByName(address), 0, target);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
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
    stallThere();
    stallBack();
  }

  /** Lets nothing through to the server. */
  void stallThere() {
    there = new CompletableFuture<>();
  }

  /** Lets nothing through from the server. */
  void stallBack() {
    back = new CompletableFuture<>();
  }

  /** Ends all stalls. */
  void resume() {
    there.complete(null);
    back.complete(null);
  }

  boolean isStopped() {
    return server.isClosed();
  }

  @Override
  public void close() {
    stop();
  }

  /**
   * Cuts all connections, and refuses new ones. The port is free afterwards: a closed server socket
   * holds it until the thread that accepts has left.
   */
  void stop() {
    closeQuietly(server);
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.forEach(Relay::closeQuietly);
    sockets.clear();
    resume();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        sockets.addAll(List.of(client, broker));
        Thread.ofVirtual().start(() -> carry(client, broker, () -> there.join()));
        Thread.ofVirtual().start(() -> carry(broker, client, () -> back.join()));
      } catch (IOException closed) {
        // Closed while accepting, which the loop sees, or a side that is gone, which the other
        // feels.
      }
    }
  }

  private static void carry(Socket from, Socket to, Runnable gate) {
    byte[] buffer = new byte[64 << 10];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        gate.run();
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException cut) {
      closeQuietly(from);
    } finally {
      closeQuietly(to);
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
