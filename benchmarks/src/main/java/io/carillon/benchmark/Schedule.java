package io.carillon.benchmark;

/**
 * When each message is due. A message's latency counts from then, and not from when it was really
 * sent: if the sender was held up, its users would have waited, too (coordinated omission).
 *
 * <p>Started by the sender, read by the receiver's thread.
 */
final class Schedule {

  private final long interval;
  private final long warmUpMessages;
  private volatile long start;

  Schedule(long interval, long warmUpMessages) {
    this.interval = interval;
    this.warmUpMessages = warmUpMessages;
  }

  void start(long nanoTime) {
    start = nanoTime;
  }

  long due(long number) {
    return start + number * interval;
  }

  /** Whether a message is no longer part of the warm-up. */
  boolean counts(long number) {
    return number >= warmUpMessages;
  }
}
