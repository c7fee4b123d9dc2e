package io.carillon.adapter.rabbitmq;

import java.time.Duration;

/**
 * When a node binds everything with one {@code #} instead of one binding per channel. A binding
 * costs RabbitMQ a third of a millisecond, and hundreds of thousands of bindings make it unusable;
 * unwanted publications cost this node.
 *
 * @param above with more channels than this, bind wide
 * @param below with fewer than this, bind exactly again
 * @param pending with more binds than this under way, bind wide until they are done
 * @param interval the least time between two switches; a reconnection is exempt
 */
public record WideLimits(int above, int below, int pending, Duration interval) {

  /** Wide above 1,000 channels or 500 pending binds, exact again below 250; one switch a minute. */
  public static final WideLimits DEFAULT = new WideLimits(1_000, 250, 500, Duration.ofMinutes(1));

  public WideLimits {
    if (below < 1 || above < below) {
      throw new IllegalArgumentException(
          "wide above %d, below %d (expected: above >= below >= 1)".formatted(above, below));
    }
    if (pending < 1) {
      throw new IllegalArgumentException("wide pending: " + pending + " (expected: > 0)");
    }
    if (interval.isNegative()) {
      throw new IllegalArgumentException("wide interval: " + interval + " (expected: >= 0)");
    }
  }
}
