package io.carillon.server.transport;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that TLS needs beside event loops: one that looks for another certificate, and some
 * that compute handshakes, so that thousands of them at once don't hold up those who are connected.
 * What waits for those is bounded by the number of sockets.
 */
final class TlsThreads implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TlsThreads.class);

  /** It is no event that anybody waits for, and reading two files costs nothing. */
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final TlsFiles files;
  private final ExecutorService handshakes;
  private final ScheduledExecutorService watch;

  /**
   * @param loops how many event loops there are; half as many threads for handshakes leave them
   *     time
   */
  TlsThreads(TlsFiles files, int loops) {
    this.files = files;
    this.handshakes =
        Executors.newFixedThreadPool(Math.max(1, loops / 2), threads("carillon-tls-handshake-"));
    this.watch = Executors.newSingleThreadScheduledExecutor(threads("carillon-tls-watch-"));
  }

  private static ThreadFactory threads(String prefix) {
    return Thread.ofPlatform().daemon().name(prefix, 0).factory();
  }

  /**
   * Reads the certificate, and watches it from then on.
   *
   * @throws IOException when it can't be used; the message is for people
   */
  TlsListener start() throws IOException {
    TlsListener listener = new TlsListener(files, InstantSource.system(), handshakes);
    watch.scheduleWithFixedDelay(
        () -> lookAt(listener), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return listener;
  }

  /** A failure must not end the watch. */
  private static void lookAt(TlsListener listener) {
    try {
      listener.look();
    } catch (RuntimeException | OutOfMemoryError bug) {
      log.error("Looking for another TLS certificate met a bug", bug);
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    handshakes.shutdownNow();
  }
}
