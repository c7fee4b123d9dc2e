package io.carillon.server.transport;

import io.carillon.http.HttpReply;
import io.carillon.protocol.Rate;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Admits a bounded number of handshakes a second, so that clients that all come back at once don't
 * keep the node from serving those that it has. One per listener; any event loop.
 */
final class HandshakeAdmission {

  /** Waits differ, so that refused clients don't come back together. */
  private static final int LONGEST_WAIT_SECONDS = 5;

  private final int perSecond;
  private final Rate rate;
  private final RandomGenerator random;

  /**
   * @param perSecond how many are admitted in a second, and at once
   * @param nanoClock a monotonic clock, in nanoseconds
   * @param random safe for use by many threads
   */
  HandshakeAdmission(int perSecond, LongSupplier nanoClock, RandomGenerator random) {
    this.perSecond = perSecond;
    this.rate = new Rate(nanoClock);
    this.random = random;
  }

  /** Admits one more handshake, or not. */
  boolean admit() {
    return rate.take(1, perSecond);
  }

  /** The answer to a handshake that is not admitted. */
  HttpReply refusal() {
    int seconds = random.nextInt(1, LONGEST_WAIT_SECONDS + 1);
    return HttpReply.text(503, "Too many clients connect to this node just now; try again soon.\n")
        .with("Retry-After", Integer.toString(seconds));
  }
}
