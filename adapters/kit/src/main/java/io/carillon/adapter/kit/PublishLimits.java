package io.carillon.adapter.kit;

import java.time.Duration;

/**
 * How much a node publishes at a time, and how long it waits for the outcome.
 *
 * @param window how many messages may be unconfirmed
 * @param batchPublications how many publications of one channel go into one message
 * @param batchBytes how many bytes of one channel go into one message; one publication always fits
 * @param waitingBytes how many bytes may wait to be written; beyond it publishes are refused
 * @param timeout how long a publication may wait to be written before it is refused, and then for
 *     the broker's answer before its outcome is unknown
 */
public record PublishLimits(
    int window, int batchPublications, int batchBytes, long waitingBytes, Duration timeout) {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** 1,024 messages in flight, 64 publications or 64 KiB in one, 64 MiB waiting, 10 s. */
  public static final PublishLimits DEFAULT = new PublishLimits(1_024, 64, 64 << 10, 64L << 20);

  /** Limits with the default timeout. */
  public PublishLimits(int window, int batchPublications, int batchBytes, long waitingBytes) {
    this(window, batchPublications, batchBytes, waitingBytes, DEFAULT_TIMEOUT);
  }

  public PublishLimits {
    requirePositive("publish window", window);
    requirePositive("batch publications", batchPublications);
    requirePositive("batch bytes", batchBytes);
    requirePositive("waiting bytes", waitingBytes);
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "publish timeout: " + timeout + " (expected: at least 1 ms)");
    }
  }

  /** The same limits with one publication in each message. */
  PublishLimits withoutBatches() {
    return new PublishLimits(window, 1, batchBytes, waitingBytes, timeout);
  }

  private static void requirePositive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: > 0)");
    }
  }
}
