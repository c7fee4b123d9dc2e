package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between one node and its broker, which can stop carrying bytes without closing a
 * connection. Virtual threads carry them. For any thread.
 */
final class Cable implements Part {

  private static final int BUFFER = 64 << 10;

  private final int target;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  /** Listens on a free port, and connects to one of this machine. */
  Cable(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(Ports.free(), 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on every byte waits. */
  void stall() {
    gate = new CompletableFuture<>();
  }

  /** Bytes that have waited go on their way. */
  void heal() {
    gate.complete(null);
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        pass(near, far);
        pass(far, near);
      }
    } catch (IOException closed) {
      // Nothing more is accepted.
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    from.setTcpNoDelay(true);
    sockets.add(from);
    Thread.startVirtualThread(
        () -> {
          byte[] buffer = new byte[BUFFER];
          try (from;
              to) {
            for (int n = read(from, buffer); n >= 0; n = read(from, buffer)) {
              gate.join();
              to.getOutputStream().write(buffer, 0, n);
            }
          } catch (IOException ended) {
            // Both sides are closed.
          } finally {
            sockets.remove(from);
          }
        });
  }

  private static int read(Socket from, byte[] buffer) throws IOException {
    return from.getInputStream().read(buffer);
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      // They are closed.
    }
    heal();
  }
}
