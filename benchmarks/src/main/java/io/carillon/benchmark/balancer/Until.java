package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for a condition, with a limit. */
final class Until {

  private static final long STEP_MILLIS = 5;

  private Until() {}

  /**
   * Waits.
   *
   * @param what is waited for, for the message
   * @throws IllegalStateException if it does not hold in time
   */
  static void holds(String what, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within %s s: %s".formatted(limit.toSeconds(), what));
      }
      Thread.sleep(STEP_MILLIS);
    }
  }

  /** Whether something takes connections at a port of this machine. */
  static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
