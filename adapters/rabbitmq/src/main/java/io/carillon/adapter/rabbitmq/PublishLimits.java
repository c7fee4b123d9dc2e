package io.carillon.adapter.rabbitmq;

/**
 * How much a node publishes at a time.
 *
 * @param window how many AMQP messages may be unconfirmed
 * @param batchPublications how many publications of one channel go into one AMQP message
 * @param batchBytes how many bytes of one channel go into one AMQP message; one publication always
 *     fits
 * @param waitingBytes how many bytes may wait to be written; beyond it publishes are refused
 */
public record PublishLimits(int window, int batchPublications, int batchBytes, long waitingBytes) {

  /** 1,024 messages in flight, 64 publications or 64 KiB in one, 64 MiB waiting. */
  public static final PublishLimits DEFAULT = new PublishLimits(1_024, 64, 64 << 10, 64L << 20);

  public PublishLimits {
    requirePositive("publish window", window);
    requirePositive("batch publications", batchPublications);
    requirePositive("batch bytes", batchBytes);
    requirePositive("waiting bytes", waitingBytes);
  }

  /** The same with one publication in each message. */
  PublishLimits withoutBatches() {
    return new PublishLimits(window, 1, batchBytes, waitingBytes);
  }

  private static void requirePositive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: > 0)");
    }
  }
}
