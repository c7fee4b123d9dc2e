package io.carillon.adapter.nats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The network between two servers of this machine: what one of them sends arrives at the other one
 * after a delay. Virtual threads carry the bytes.
 */
final class SlowRoute implements AutoCloseable {

  private final int target;
  private final long delayNanos;
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /**
   * @param bytes empty at the end of the connection
   * @param dueNanos when it arrives
   */
  private record Chunk(ByteBuffer bytes, long dueNanos) {}

  /**
   * @param target the port to which connections are passed on
   * @param delay of each direction
   */
  SlowRoute(int target, Duration delay) {
    this.target = target;
    this.delayNanos = delay.toNanos();
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket from = server.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
        from.setTcpNoDelay(true);
        to.setTcpNoDelay(true);
        sockets.addAll(List.of(from, to));
        carry(from, to);
        carry(to, from);
      } catch (IOException closed) {
        // The loop sees it.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
    Thread.ofVirtual().start(() -> read(from, underWay));
    Thread.ofVirtual().start(() -> write(to, underWay));
  }

  private void read(Socket from, BlockingQueue<Chunk> underWay) {
    byte[] buffer = new byte[64 << 10];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        underWay.add(
            new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, n)), System.nanoTime() + delayNanos));
      }
    } catch (IOException cut) {
      // The other side is told below.
    }
    underWay.add(new Chunk(ByteBuffer.allocate(0), System.nanoTime()));
  }

  private static void write(Socket to, BlockingQueue<Chunk> underWay) {
    try (to) {
      for (Chunk next = underWay.take(); next.bytes().hasRemaining(); next = underWay.take()) {
        for (long left = left(next); left > 0; left = left(next)) {
          LockSupport.parkNanos(left);
        }
        to.getOutputStream().write(next.bytes().array());
      }
    } catch (IOException cut) {
      // The connection is closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long left(Chunk chunk) {
    return chunk.dueNanos() - System.nanoTime();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
