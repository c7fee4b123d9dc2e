package io.carillon.conformance.pusher;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program in another language that uses a client library for a test. */
@FunctionalInterface
public interface Driver {

  /** How long a driver may take beyond the time that it was told to wait. */
  Duration PATIENCE = Duration.ofSeconds(20);

  /** What the operation gives back; an operation that fails is a failure of the test. */
  @Nullable Object call(String operation, Map<String, ?> arguments);
}
