package io.carillon.server.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process at a deadline, whatever the process is doing then. */
final class Watchdog {

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  /** The process was ended because stopping took too long. */
  private static final int LATE = 5;

  private Watchdog() {}

  /** Starts the time that the process has left. */
  static void start(Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    Thread.ofPlatform()
        .daemon()
        .name("carillon-watchdog")
        .start(
            () -> {
              for (long left = deadline.toNanos(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
              }
              log.error("Stopping took longer than {} ms: ending now", deadline.toMillis());
              Runtime.getRuntime().halt(LATE);
            });
  }
}
