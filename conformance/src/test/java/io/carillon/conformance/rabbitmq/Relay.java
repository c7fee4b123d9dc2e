package io.carillon.conformance.rabbitmq;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A cable between a node and RabbitMQ that a test can plug in late, make deaf, and cut, while the
 * RabbitMQ stays whole for everybody else.
 */
public final class Relay implements AutoCloseable {

  private final InetSocketAddress target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong swallowed = new AtomicLong();
  private volatile boolean swallowing;
  private ServerSocket listener;

  /** A relay whose port is known and closed. */
  public Relay(String host, int port) throws IOException {
    this.target = new InetSocketAddress(host, port);
    this.listener = new ServerSocket();
    this.port = Ports.free();
  }

  /** Where a node connects instead of to RabbitMQ. */
  public int port() {
    return port;
  }

  /** From now on connections are taken. */
  public Relay plugIn() throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    listener = opened;
    swallowing = false;
    Thread.startVirtualThread(() -> accept(opened));
    return this;
  }

  /** From now on bytes are accepted and lost: no program notices, and nothing is answered. */
  public void swallow() {
    swallowing = true;
  }

  /** Ends what has gone deaf; what is connected from now on is passed on again. */
  public void hearAgain() throws IOException {
    swallowing = false;
    closeSockets();
  }

  /** Waits until at least so many bytes have been lost. */
  public void awaitSwallowed(long bytes) {
    await().atMost(Patience.LIMIT).until(() -> swallowed.get() >= bytes);
  }

  /** Ends every connection and takes no more. */
  public void cut() throws IOException {
    listener.close();
    closeSockets();
  }

  private void closeSockets() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept(ServerSocket from) {
    try {
      while (true) {
        connect(from.accept());
      }
    } catch (SocketException cut) {
      // That is what cut() does.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connect(Socket near) throws IOException {
    Socket far;
    try {
      far = new Socket(target.getAddress(), target.getPort());
    } catch (ConnectException nobodyIsThere) {
      near.close();
      return;
    }
    pass(near, far);
    pass(far, near);
  }

  private void pass(Socket from, Socket to) throws IOException {
    from.setTcpNoDelay(true);
    sockets.add(from);
    Thread.startVirtualThread(
        () -> {
          byte[] buffer = new byte[64 << 10];
          try (from;
              to) {
            for (int n = from.getInputStream().read(buffer);
                n >= 0;
                n = from.getInputStream().read(buffer)) {
              if (swallowing) {
                swallowed.addAndGet(n);
              } else {
                to.getOutputStream().write(buffer, 0, n);
              }
            }
          } catch (IOException ended) {
            // One side has gone; closing both tells the other.
          } finally {
            sockets.remove(from);
          }
        });
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}
