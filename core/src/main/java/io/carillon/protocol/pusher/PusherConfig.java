package io.carillon.protocol.pusher;

import java.time.Duration;

/**
 * What holds for all apps.
 *
 * @param activityTimeout after how long a silence clients ask whether the connection lives; whole
 *     seconds
 */
public record PusherConfig(Duration activityTimeout) {

  public static final PusherConfig DEFAULTS = new PusherConfig(Duration.ofMinutes(2));

  public PusherConfig {
    if (activityTimeout.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "activityTimeout: " + activityTimeout + " (expected: at least one second)");
    }
  }
}
