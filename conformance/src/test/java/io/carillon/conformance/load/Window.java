package io.carillon.conformance.load;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time, with both of its ends. */
public record Window(Instant from, Instant to) {

  public Window {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("to: " + to + " (expected: not before " + from + ")");
    }
  }

  /** Whether they have a moment in common. */
  public boolean overlaps(Window other) {
    return !from.isAfter(other.to) && !other.from.isAfter(to);
  }

  /** Whether all of the other lies in this one. */
  public boolean contains(Window other) {
    return !other.from.isBefore(from) && !other.to.isAfter(to);
  }

  /** The same with this much more at either end. */
  public Window widened(Duration before, Duration after) {
    return new Window(from.minus(before), to.plus(after));
  }
}
