package io.carillon.adapter.kit.tcp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The relay's side of a connection: what waits to be written, and a thread that writes it. */
final class Peer implements AutoCloseable {

  /** A peer that is this far behind is cut, as Redis does. */
  private static final long MAX_WAITING_BYTES = 64L << 20;

  /** Beyond it, what is sent to this peer alone is refused. */
  private static final long FULL_BYTES = 8L << 20;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Runnable gate;
  private final BlockingQueue<Frame> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();

  /**
   * @param gate blocks while the door is stalled
   */
  Peer(Socket socket, Runnable gate) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    this.gate = gate;
  }

  /** The next frame; null after the last frame. */
  @Nullable Frame read() {
    try {
      Frame frame = Frame.read(in);
      gate.run();
      return socket.isClosed() ? null : frame;
    } catch (IOException gone) {
      return null;
    }
  }

  boolean isFull() {
    return waitingBytes.get() > FULL_BYTES;
  }

  /** Writes this behind what waits. Any thread. */
  void offer(Frame frame) {
    if (waitingBytes.addAndGet(frame.body().length) > MAX_WAITING_BYTES) {
      close();
    }
    waiting.add(frame);
  }

  /** Writes until the connection ends. */
  void writeAll() {
    try {
      while (!socket.isClosed()) {
        Frame frame = waiting.take();
        gate.run();
        waitingBytes.addAndGet(-frame.body().length);
        frame.write(out);
        if (waiting.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException gone) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    waiting.add(Frame.of(Frame.Type.DONE, 0));
  }
}
