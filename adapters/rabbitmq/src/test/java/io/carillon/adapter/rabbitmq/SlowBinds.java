package io.carillon.adapter.rabbitmq;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way of a node to RabbitMQ, on which a bind is answered before it works: the answer comes at
 * once, and RabbitMQ gets the bind, or the unbind, after a delay, in the order in which the
 * connection has sent them. So the bindings of the node look to other nodes as they do on a server
 * of a cluster that lags behind. Virtual threads carry the frames.
 */
final class SlowBinds implements AutoCloseable {

  private static final int HEADER = 8;

  private final InetSocketAddress server;
  private final Duration delay;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /**
   * @param delay of each bind and unbind
   */
  SlowBinds(InetSocketAddress server, Duration delay) {
    this.server = server;
    this.delay = delay;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket node = listener.accept();
        Socket broker = new Socket(server.getAddress(), server.getPort());
        node.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        sockets.addAll(List.of(node, broker));
        FrameSink toNode = new FrameSink(node.getOutputStream());
        FrameSink toBroker = new FrameSink(broker.getOutputStream());
        SlowChanges changes = new SlowChanges(toNode, toBroker, delay);
        Thread.ofVirtual().start(() -> toBroker(node, broker, toBroker, changes));
        Thread.ofVirtual().start(() -> toNode(broker, node, toNode, changes));
      } catch (IOException closed) {
        // The loop sees it.
      }
    }
  }

  private static void toBroker(Socket from, Socket to, FrameSink sink, SlowChanges changes) {
    try (from;
        to;
        changes) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      sink.write(in.readNBytes(HEADER));
      while (true) {
        AmqpFrame frame = AmqpFrame.read(in);
        if (!changes.take(frame)) {
          sink.write(frame.bytes());
        }
      }
    } catch (IOException cut) {
      // The other side is closed, too.
    }
  }

  private static void toNode(Socket from, Socket to, FrameSink sink, SlowChanges changes) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      while (true) {
        AmqpFrame frame = AmqpFrame.read(in);
        if (!changes.isAnswered(frame)) {
          sink.write(frame.bytes());
        }
      }
    } catch (IOException cut) {
      // The other side is closed, too.
    }
  }

  /** Writes whole frames of several threads. */
  static final class FrameSink {

    private final OutputStream out;
    private final Lock lock = new ReentrantLock();

    FrameSink(OutputStream out) {
      this.out = out;
    }

    void write(byte[] frame) throws IOException {
      lock.lock();
      try {
        out.write(frame);
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
