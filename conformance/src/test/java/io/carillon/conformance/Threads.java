package io.carillon.conformance;

import java.util.List;

/** Waits for threads of a test. */
final class Threads {

  private Threads() {}

  /** Waits until all have ended, which they have been asked to. */
  static void join(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        if (!thread.join(Node.PATIENCE)) {
          throw new AssertionError(thread.getName() + " goes on");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
