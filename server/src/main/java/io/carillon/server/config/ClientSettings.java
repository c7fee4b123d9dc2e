package io.carillon.server.config;

import io.carillon.config.Configuration;
import io.carillon.config.Formats;
import io.carillon.config.Setting;
import io.carillon.server.transport.ClientLimits;
import java.time.Duration;

/** The keys about the arrival and the stay of clients. */
final class ClientSettings {

  private static final int ANY = Integer.MAX_VALUE;

  static final Setting<Integer> HANDSHAKES_PER_SECOND =
      Setting.of("limits.handshakes_per_second", Formats.wholeNumber(1, ANY))
          .defaultsTo("2500 per processor", ClientLimits.DEFAULTS::handshakesPerSecond)
          .says(
              "How many handshakes the node admits in a second, and at once. Further handshakes"
                  + " get",
              "503 and a Retry-After of 1 to 5 seconds, before any work for them is done.");

  static final Setting<Integer> MAX_CONNECTIONS_PER_ADDRESS =
      Setting.of("limits.max_connections_per_address", Formats.wholeNumber(1, ANY))
          .says(
              "The most clients of one IPv4 address, or of one /64 of IPv6; further clients get"
                  + " 429.",
              "Behind a balancer set proxy.trusted first, or all clients have one address.");

  static final Setting<Duration> MAX_CONNECTION_AGE =
      Setting.of("limits.max_connection_age", Formats.duration(Duration.ofMillis(1)))
          .says(
              "The age at which a connection is told to reconnect at the latest, so that clients",
              "spread over nodes that were added. Each goes after 75 to 100% of this time.");

  private ClientSettings() {}

  static ClientLimits of(Configuration values) {
    return new ClientLimits(
        values.get(HANDSHAKES_PER_SECOND),
        values.find(MAX_CONNECTIONS_PER_ADDRESS).orElse(ClientLimits.DEFAULTS.maxPerAddress()),
        values.find(MAX_CONNECTION_AGE).orElse(null));
  }
}
