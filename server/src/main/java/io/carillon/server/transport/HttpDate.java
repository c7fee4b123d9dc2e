package io.carillon.server.transport;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The header {@code Date} of answers (RFC 9110 sections 5.6.7 and 6.6.1). It is formatted once a
 * second, not for each answer. One per listener; any thread.
 */
final class HttpDate {

  /** The JDK's own RFC 1123 format writes days below ten with one digit. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;

  /** Two threads may format the same second; both write the same text. */
  private volatile Second current;

  private record Second(long epochSecond, String text) {
    static Second of(long epochSecond) {
      return new Second(epochSecond, FORMAT.format(Instant.ofEpochSecond(epochSecond)));
    }
  }

  /**
   * @param clock the time of day
   */
  HttpDate(InstantSource clock) {
    this.clock = clock;
    this.current = Second.of(secondOf(clock));
  }

  private static long secondOf(InstantSource clock) {
    return Math.floorDiv(clock.millis(), 1_000L);
  }

  /** The time now. */
  String text() {
    long now = secondOf(clock);
    Second second = current;
    if (second.epochSecond() != now) {
      second = Second.of(now);
      current = second;
    }
    return second.text();
  }
}
