package io.carillon.effects;

import io.carillon.message.Incarnation;
import java.util.function.LongSupplier;

/**
 * Where the serials of a channel's reports begin. They begin with the time, so that they don't
 * repeat after a restart. The node's incarnation is mixed in, so that two nodes that begin at the
 * same time without hearing each other don't give two reports the same serial. Immutable.
 */
final class Serials {

  private static final int PER_MILLISECOND = 1_024;

  /** Nodes begin somewhere in the next 64 ms. */
  private static final int SPREAD = 1 << 16;

  private final int place;
  private final LongSupplier millis;

  /**
   * @param millis the time in milliseconds since 1970
   */
  Serials(Incarnation self, LongSupplier millis) {
    this.place = Math.floorMod(Long.hashCode(self.high() * 31 + self.low()), SPREAD);
    this.millis = millis;
  }

  /** A serial that is higher than this one, of any node, and as high as the time. */
  long after(long last) {
    long now = millis.getAsLong() * PER_MILLISECOND;
    return Math.max(now, last - last % SPREAD + SPREAD) + place;
  }
}
