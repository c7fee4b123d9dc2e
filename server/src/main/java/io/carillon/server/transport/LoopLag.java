package io.carillon.server.transport;

import io.carillon.hub.Loop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How late an event loop runs due tasks. A probe runs on the loop four times a second and notes its
 * delay. Prometheus asks less often than that, so the worst delay of the last quarter to half
 * minute is reported. A loop that doesn't run at all is as late as its probe is by now.
 */
final class LoopLag {

  static final Duration PERIOD = Duration.ofMillis(250);
  static final Duration WINDOW = Duration.ofSeconds(15);

  private final Loop loop;
  private final LongSupplier nanoClock;

  /** When the probe is to run next. This and the next two are written by the loop, read by any. */
  private volatile long due;

  private volatile long worst;
  private volatile long worstBefore;

  /** When the window began; only the loop uses it. */
  private long windowStart;

  LoopLag(Loop loop, LongSupplier nanoClock) {
    this.loop = loop;
    this.nanoClock = nanoClock;
    this.windowStart = nanoClock.getAsLong();
    this.due = windowStart + PERIOD.toNanos();
  }

  LoopLag start() {
    loop.schedule(this::probe, PERIOD);
    return this;
  }

  private void probe() {
    long now = nanoClock.getAsLong();
    long late = now - due;
    if (now - windowStart >= WINDOW.toNanos()) {
      windowStart = now;
      worstBefore = worst;
      worst = late;
    } else {
      worst = Math.max(worst, late);
    }
    due = now + PERIOD.toNanos();
    loop.schedule(this::probe, PERIOD);
  }

  double seconds() {
    long overdue = nanoClock.getAsLong() - due;
    long lag = Math.max(0, Math.max(overdue, Math.max(worst, worstBefore)));
    return (double) lag / TimeUnit.SECONDS.toNanos(1);
  }
}
