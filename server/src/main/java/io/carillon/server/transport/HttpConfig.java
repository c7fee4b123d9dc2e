package io.carillon.server.transport;

import io.carillon.http.PathPrefix;
import java.time.Duration;

/**
 * How plain HTTP is served.
 *
 * @param prefix the prefix of the node's paths
 * @param keepAlive how long an idle connection is kept for its next request
 */
public record HttpConfig(PathPrefix prefix, Duration keepAlive) {

  /** Longer than the 60 s for which most balancers keep their connections to a node. */
  public static final HttpConfig DEFAULTS = new HttpConfig(PathPrefix.NONE, Duration.ofSeconds(75));

  public HttpConfig {
    if (!keepAlive.isPositive()) {
      throw new IllegalArgumentException(
          "keep-alive timeout: " + keepAlive.toMillis() + " ms (expected: > 0)");
    }
  }
}
