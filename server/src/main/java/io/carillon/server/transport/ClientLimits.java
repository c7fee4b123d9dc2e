package io.carillon.server.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits on the arrival and the stay of clients.
 *
 * @param handshakesPerSecond how many handshakes the node admits in a second, and at once
 * @param maxPerAddress the most WebSocket connections of one IPv4 address, or of one /64 of IPv6;
 *     {@link Integer#MAX_VALUE} for no limit
 * @param maxAge the age at which a connection is closed at the latest; null for none
 */
public record ClientLimits(int handshakesPerSecond, int maxPerAddress, @Nullable Duration maxAge) {

  /** A handshake takes about a tenth of a millisecond of a processor. */
  private static final int HANDSHAKES_OF_A_PROCESSOR = 2_500;

  public static final ClientLimits DEFAULTS =
      new ClientLimits(
          HANDSHAKES_OF_A_PROCESSOR * Runtime.getRuntime().availableProcessors(),
          Integer.MAX_VALUE,
          null);

  public ClientLimits {
    if (handshakesPerSecond < 1) {
      throw new IllegalArgumentException(
          "handshakes per second: " + handshakesPerSecond + " (expected: >= 1)");
    }
    if (maxPerAddress < 1) {
      throw new IllegalArgumentException(
          "max connections per address: " + maxPerAddress + " (expected: >= 1)");
    }
    if (maxAge != null && !maxAge.isPositive()) {
      throw new IllegalArgumentException(
          "max connection age: " + maxAge.toMillis() + " ms (expected: > 0)");
    }
  }
}
