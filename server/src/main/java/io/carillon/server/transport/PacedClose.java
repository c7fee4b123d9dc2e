package io.carillon.server.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections of one loop in even batches over a window. Runs on that loop; between
 * batches everything else goes on, deliveries included.
 */
final class PacedClose {

  private static final Logger log = LoggerFactory.getLogger(PacedClose.class);
  private static final int BATCHES = 50;

  private final NettyLoop loop;
  private final Duration step;
  private final Queue<WebSocketConnection> left = new ArrayDeque<>();
  private final List<CompletableFuture<Void>> gone = new ArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int total;
  private int batch;

  PacedClose(NettyLoop loop, Duration window) {
    this.loop = loop;
    this.step = window.dividedBy(BATCHES);
  }

  /**
   * @param connections the loop's connections; asked on the loop
   * @return completes when all of them are gone
   */
  CompletableFuture<Void> start(Supplier<List<WebSocketConnection>> connections) {
    loop.execute(
        () -> {
          left.addAll(connections.get());
          total = left.size();
          closeBatch();
        });
    return done;
  }

  private void close(WebSocketConnection connection) {
    try {
      gone.add(connection.shutDown());
    } catch (RuntimeException bug) {
      log.error("A connection could not be closed in its protocol's way", bug);
    }
  }

  private void closeBatch() {
    batch++;
    long due = Math.ceilDiv((long) total * batch, BATCHES);
    while (total - left.size() < due) {
      close(left.remove());
    }
    if (left.isEmpty()) {
      CompletableFuture.allOf(gone.toArray(CompletableFuture<?>[]::new))
          .thenRun(() -> done.complete(null));
    } else {
      loop.schedule(this::closeBatch, step);
    }
  }
}
