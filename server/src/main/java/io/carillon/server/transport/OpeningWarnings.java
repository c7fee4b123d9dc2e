package io.carillon.server.transport;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of connections that begin with another protocol than HTTP: at most once a minute for each
 * protocol, because a balancer that is set up wrongly opens one every second. One per listener; any
 * thread.
 */
final class OpeningWarnings {

  private static final Logger log = LoggerFactory.getLogger(OpeningWarnings.class);
  private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoClock;
  private final Map<Opening, Warning> warnings = new EnumMap<>(Opening.class);

  private record Warning(AtomicLong due, LongAdder count) {}

  /**
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  OpeningWarnings(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    for (Opening opening : Opening.values()) {
      warnings.put(opening, new Warning(new AtomicLong(nanoClock.getAsLong()), new LongAdder()));
    }
  }

  void add(Opening opening) {
    Warning warning = Objects.requireNonNull(warnings.get(opening));
    warning.count().increment();
    long now = nanoClock.getAsLong();
    long due = warning.due().get();
    if (now - due >= 0 && warning.due().compareAndSet(due, now + INTERVAL_NANOS)) {
      log.warn(
          "Refused a connection that began with {}; {} so far: {}",
          opening.what(),
          warning.count().sum(),
          opening.advice());
    }
  }
}
