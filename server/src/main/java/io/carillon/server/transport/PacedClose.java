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
 * Closes the clients of one loop in even batches over a window. Runs on that loop; between batches
 * all other work goes on, deliveries included.
 *
 * <p>The clock, not the number of batches, decides how many are due: on a busy loop each batch
 * comes later than planned, and clients that are not closed by the end of the drain would be
 * disconnected without a close frame.
 */
final class PacedClose {

  private static final Logger log = LoggerFactory.getLogger(PacedClose.class);
  private static final int BATCHES = 50;

  private final NettyLoop loop;
  private final Duration step;
  private final Queue<Leaving> left = new ArrayDeque<>();
  private final List<CompletableFuture<Void>> gone = new ArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int total;
  private long startedAt;

  PacedClose(NettyLoop loop, Duration window) {
    this.loop = loop;
    this.step = window.dividedBy(BATCHES);
  }

  /**
   * @param clients the loop's clients; asked on the loop
   * @return completes when all of them are gone
   */
  CompletableFuture<Void> start(Supplier<List<? extends Leaving>> clients) {
    loop.execute(
        () -> {
          left.addAll(clients.get());
          total = left.size();
          startedAt = loop.nanoTime();
          closeBatch();
        });
    return done;
  }

  private void close(Leaving client) {
    try {
      gone.add(client.shutDown());
    } catch (RuntimeException bug) {
      log.error("A connection could not be closed in its protocol's way", bug);
    }
  }

  private void closeBatch() {
    long elapsed = loop.nanoTime() - startedAt;
    long batch = step.isZero() ? BATCHES : Math.min(BATCHES, 1 + elapsed / step.toNanos());
    long due = Math.ceilDiv(total * batch, BATCHES);
    while (total - left.size() < due) {
      close(left.remove());
    }
    if (left.isEmpty()) {
      CompletableFuture.allOf(gone.toArray(CompletableFuture<?>[]::new))
          .thenRun(() -> done.complete(null));
    } else {
      loop.schedule(this::closeBatch, step.multipliedBy(batch).minusNanos(elapsed));
    }
  }
}
