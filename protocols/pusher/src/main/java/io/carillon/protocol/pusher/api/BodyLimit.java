package io.carillon.protocol.pusher.api;

import io.carillon.app.AppLimits;

/** The longest body that an app's backends may send. */
final class BodyLimit {

  /** The maximum, whatever the app's limits are. */
  static final int MOST = 10 << 20;

  /** The longest escape of a byte, <code>&#92;u0041</code>. */
  private static final long ESCAPED = 6;

  /** Quotes, names of fields, a socket id, white space. */
  private static final long REST = 1 << 10;

  private BodyLimit() {}

  /** As long as the largest event or the largest batch in which everything is escaped. */
  static int of(AppLimits limits) {
    long name = limits.maxChannelNameLength();
    long event = limits.maxEventPayloadBytes() + (long) limits.maxEventNameLength();
    long channels = limits.maxEventChannels();
    long one = ESCAPED * (event + capped(name * channels)) + 4 * channels + REST;
    long batch = capped(ESCAPED * (event + name) + REST) * limits.maxEventBatchSize();
    return (int) capped(Math.max(one, batch));
  }

  private static long capped(long bytes) {
    return Math.min(bytes, MOST);
  }
}
