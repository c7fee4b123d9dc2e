package io.carillon.adapter.kit.tcp;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.LinkHeartbeat;
import io.carillon.adapter.kit.Vendor;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the relay: any thread writes, one thread of its own reads. Everything that goes
 * wrong costs the link.
 */
final class TcpConnection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TcpConnection.class);
  private static final int CONNECT_MILLIS = 2_000;
  private static final int BUFFER = 64 << 10;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Lock lock = new ReentrantLock();
  private final CompletableFuture<String> lost;
  private final Environment environment;
  private final LinkHeartbeat heartbeat;

  /**
   * Connects.
   *
   * @param name the connection's own address
   * @param lost the link's
   */
  TcpConnection(
      Environment environment, InetSocketAddress relay, String name, CompletableFuture<String> lost)
      throws IOException {
    this.environment = environment;
    this.lost = lost;
    try {
      socket.setTcpNoDelay(true);
      socket.connect(relay, CONNECT_MILLIS);
      socket.setSoTimeout(CONNECT_MILLIS);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
      out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
      send(Frame.message(Frame.Type.HELLO, 0, name, new byte[0]));
      Frame.read(in);
      socket.setSoTimeout(0);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    heartbeat =
        new LinkHeartbeat(
            environment.vendor(),
            this::ping,
            environment.nanoClock(),
            environment.timer(),
            lost::isDone,
            lost::complete);
  }

  /**
   * Begins to read.
   *
   * @param reader takes frames, one at a time
   */
  void start(String task, Consumer<Frame> reader) {
    heartbeat.start();
    environment.threads(task).newThread(() -> read(reader)).start();
  }

  /** Writes a frame into the buffer. */
  void write(Frame frame) throws IOException {
    lock.lock();
    try {
      frame.write(out);
    } finally {
      lock.unlock();
    }
  }

  /** Sends what is in the buffer. */
  void flush() throws IOException {
    lock.lock();
    try {
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /** Sends a frame, and what is in the buffer before it. */
  void send(Frame frame) throws IOException {
    lock.lock();
    try {
      frame.write(out);
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for nobody: what another thread is writing is answered, too. */
  private void ping() throws IOException {
    if (lock.tryLock()) {
      try {
        Frame.of(Frame.Type.PING, 0).write(out);
        out.flush();
      } finally {
        lock.unlock();
      }
    }
  }

  private void read(Consumer<Frame> reader) {
    try {
      while (true) {
        Frame frame = Frame.read(in);
        heartbeat.busy();
        reader.accept(frame);
        heartbeat.listening();
      }
    } catch (IOException e) {
      lost.complete(environment.vendor().reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("Reading from {} failed", environment.vendor().name(), bug);
      lost.complete(Vendor.unexpected(bug));
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("A connection could not be closed in order: {}", environment.vendor().reason(e));
    }
  }
}
