package io.carillon.benchmark.balancer;

/** The times of a drill in which nothing is done. */
final class Pause {

  /** So long that clients count their connection as stable, and come back soon when told to. */
  static final double SETTLED = 5.5;

  /** Shown of the timeline before a fault. */
  static final double BEFORE = 2;

  private Pause() {}

  static void seconds(double seconds) throws InterruptedException {
    Thread.sleep(Math.round(1_000 * seconds));
  }
}
