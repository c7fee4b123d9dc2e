package io.carillon.adapter.rabbitmq;

import java.util.function.LongSupplier;

/**
 * Decides between a wide binding and exact ones, and remembers the current choice. On the binder's
 * thread.
 *
 * <p>A binding is wide for one of three reasons: more channels than RabbitMQ can handle well (until
 * there are clearly fewer), a burst of binds, or a new connection (both until the exact binds are
 * done).
 */
final class Width {

  private final WideLimits limits;
  private final LongSupplier nanoClock;
  private boolean wide;

  /** There were too many channels, and there are not yet clearly fewer. */
  private boolean crowded;

  /**
   * The wide binding belongs to a new connection: it may be removed as soon as it is not needed.
   */
  private boolean restoring;

  private boolean everSwitched;
  private long lastSwitch;

  Width(WideLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  boolean isWide() {
    return wide;
  }

  /** Whether to bind wide now. */
  boolean shouldWiden(int desired, int pending) {
    observe(desired);
    return !wide && (crowded || pending > limits.pending()) && maySwitch();
  }

  /** Whether exact bindings should replace the wide one, sooner or later. */
  boolean isTemporary(int desired) {
    observe(desired);
    return wide && !crowded;
  }

  /** How long the wide binding has to stay, in nanoseconds; not positive if it may be removed. */
  long nanosToNarrow() {
    return restoring ? 0 : nanosToSwitch();
  }

  void widened() {
    wide = true;
    switched();
  }

  void narrowed() {
    wide = false;
    restoring = false;
    switched();
  }

  /** A new connection begins with the wide binding; that does not count as a switch. */
  void restored(int desired) {
    wide = true;
    restoring = true;
    crowded = desired > limits.above();
  }

  /** The connection is lost, and its bindings with it. */
  void lost() {
    wide = false;
    restoring = false;
  }

  private void observe(int desired) {
    if (desired > limits.above()) {
      crowded = true;
      restoring = false;
    } else if (desired < limits.below()) {
      crowded = false;
    }
  }

  private boolean maySwitch() {
    return nanosToSwitch() <= 0;
  }

  private long nanosToSwitch() {
    return everSwitched ? limits.interval().toNanos() - (nanoClock.getAsLong() - lastSwitch) : 0;
  }

  private void switched() {
    everSwitched = true;
    lastSwitch = nanoClock.getAsLong();
  }
}
