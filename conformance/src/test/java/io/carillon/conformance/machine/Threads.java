package io.carillon.conformance.machine;

import java.util.List;

/** Waits for threads of a test. */
public final class Threads {

  private Threads() {}

  /** Waits until all have ended, which they have been asked to. */
  public static void join(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        if (!thread.join(Patience.LIMIT)) {
          throw new AssertionError(thread.getName() + " goes on");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
