package io.carillon.server.transport;

import io.carillon.http.HttpReply;
import io.carillon.protocol.Rate;
import java.util.function.LongSupplier;

/**
 * Admits a bounded number of handshakes a second, so that clients that all come back at once don't
 * keep the node from serving those that it has. One per listener; any event loop.
 */
final class HandshakeAdmission {

  private final int perSecond;
  private final Rate rate;

  /**
   * @param perSecond how many are admitted in a second, and at once
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  HandshakeAdmission(int perSecond, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.rate = new Rate(nanoClock);
  }

  /** Admits one more handshake, or not. */
  boolean admit() {
    return rate.take(1, perSecond);
  }

  /** The answer to a handshake that is not admitted. */
  HttpReply refusal() {
    return HttpReply.tryAgain("Too many clients connect to this node just now; try again soon.\n");
  }
}
