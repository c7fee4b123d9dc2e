package io.carillon.server.transport;

import io.carillon.hub.Loop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A Netty event loop as the hub sees it, and the list of connections that have frames to write in
 * this turn.
 */
final class NettyLoop implements Loop {

  private static final int MIN_SCRATCH = 16 << 10;
  private static final int MAX_SCRATCH = 256 << 10;

  private final EventLoop eventLoop;
  private final Runnable flush = this::flush;

  /** Connections with frames to write; only the loop's own thread touches it. */
  private final List<WebSocketConnection> touched = new ArrayList<>();

  private byte[] scratch = new byte[MIN_SCRATCH];

  NettyLoop(EventLoop eventLoop) {
    this.eventLoop = eventLoop;
  }

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    try {
      eventLoop.execute(task);
    } catch (RejectedExecutionException ended) {
      // The loop has ended, and so has everything that it owned.
    }
  }

  @Override
  public void schedule(Runnable task, Duration delay) {
    try {
      eventLoop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException ended) {
      // As above.
    }
  }

  /** The clock of {@link #schedule}. */
  long nanoTime() {
    return eventLoop.ticker().nanoTime();
  }

  /**
   * An array of at least this size that any code on this loop may write to, and that no code keeps.
   */
  byte[] scratch(int size) {
    if (size > MAX_SCRATCH) {
      return new byte[size];
    }
    if (size > scratch.length) {
      scratch = new byte[Math.min(MAX_SCRATCH, 2 * size)];
    }
    return scratch;
  }

  /** Adds a connection to the next flush, which happens at the end of this turn at the latest. */
  void touch(WebSocketConnection connection) {
    if (touched.isEmpty()) {
      execute(flush);
    }
    touched.add(connection);
  }

  @Override
  public void flush() {
    try {
      for (int i = 0; i < touched.size(); i++) {
        touched.get(i).writeOrDie();
      }
    } finally {
      touched.clear();
    }
  }
}
