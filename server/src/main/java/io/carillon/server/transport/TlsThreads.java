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
 * The threads that TLS needs besides event loops: one that watches for another certificate, and
 * some that compute handshakes, so that thousands of handshakes at once don't delay connected
 * clients. The number of sockets limits the tasks that wait for these threads.
 */
final class TlsThreads implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TlsThreads.class);

  /** No client waits for a new certificate, and reading two files costs nothing. */
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final TlsFiles files;
  private final ExecutorService handshakes;
  private final ScheduledExecutorService watch;

  /**
   * @param loops how many event loops there are; half as many threads for handshakes leave the
   *     loops enough time
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
   * @throws IOException if it can't be used; the message is for people
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
      log.error("Looking for another TLS certificate failed with an unexpected exception", bug);
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    handshakes.shutdownNow();
  }
}
