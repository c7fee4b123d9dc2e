package io.carillon.server.transport;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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

  private final Map<Opening, PacedWarning> warnings = new EnumMap<>(Opening.class);

  /**
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  OpeningWarnings(LongSupplier nanoClock) {
    for (Opening opening : Opening.values()) {
      warnings.put(opening, new PacedWarning(nanoClock));
    }
  }

  void add(Opening opening) {
    Objects.requireNonNull(warnings.get(opening))
        .add()
        .ifPresent(
            sum ->
                log.warn(
                    "Refused a connection that began with {}; {} so far: {}",
                    opening.what(),
                    sum,
                    opening.advice()));
  }
}
