package io.carillon.server.transport;

import io.carillon.hub.Loop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A Netty event loop as the hub sees it, and the list of connections that have something to write
 * in this turn.
 */
final class NettyLoop implements Loop {

  private final EventLoop eventLoop;
  private final Runnable flush = this::flush;

  /** Connections with frames to write; only the loop's own thread touches it. */
  private final List<WebSocketConnection> touched = new ArrayList<>();

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
      // The loop has ended, and all that it owned with it.
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

  /** The time that {@link #schedule} goes by. */
  long nanoTime() {
    return eventLoop.ticker().nanoTime();
  }

  /** Remembers a connection for the next flush, which is at the end of this turn at the latest. */
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
