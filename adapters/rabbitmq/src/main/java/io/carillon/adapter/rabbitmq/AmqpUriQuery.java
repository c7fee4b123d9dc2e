package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.rabbitmq.AmqpUri.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query of an {@link AmqpUri}. It refuses unknown options, so that a typing error is
 * noticed.
 */
final class AmqpUriQuery {

  private static final String KNOWN =
      "heartbeat, connection_timeout, cacertfile, verify, server_name_indication";

  private final Map<String, String> values = new HashMap<>();

  private AmqpUriQuery() {}

  static Options parse(String query, boolean tls) {
    AmqpUriQuery parameters = new AmqpUriQuery();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        parameters.add(pair, tls);
      }
    }
    return new Options(
        parameters.value("heartbeat", AmqpUriQuery::seconds),
        parameters.value("connection_timeout", AmqpUriQuery::milliseconds),
        new TlsFiles(
            parameters.value("cacertfile", Path::of), null, null, parameters.verification()),
        parameters.value("server_name_indication", Function.identity()));
  }

  private void add(String pair, boolean tls) {
    int equals = pair.indexOf('=');
    String key = equals < 0 ? pair : pair.substring(0, equals);
    switch (key) {
      case "heartbeat", "connection_timeout" -> {}
      case "cacertfile", "verify", "server_name_indication" -> {
        if (!tls) {
          throw new IllegalArgumentException(
              "AMQP query parameter: " + key + " with amqp:// (expected: amqps://)");
        }
      }
      default ->
          throw new IllegalArgumentException(
              "AMQP query parameter: \"" + key + "\" (expected: " + KNOWN + ")");
    }
    String value = equals < 0 ? "" : AmqpUriParser.decode(key, pair.substring(equals + 1));
    if (value.isEmpty() || values.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException(
          "AMQP query parameter: " + key + " without value or twice (expected: " + key + "=...)");
    }
  }

  private <T> @Nullable T value(String key, Function<String, T> read) {
    String value = values.get(key);
    return value == null ? null : read.apply(value);
  }

  private Verification verification() {
    String value = values.getOrDefault("verify", "verify_peer");
    return switch (value) {
      case "verify_peer" -> Verification.FULL;
      case "verify_none" -> Verification.NONE;
      default ->
          throw new IllegalArgumentException(
              "AMQP query parameter verify: \""
                  + value
                  + "\" (expected: verify_peer or verify_none)");
    };
  }

  private static Duration seconds(String value) {
    return Duration.ofSeconds(number("heartbeat", value, "seconds", 65_535));
  }

  private static Duration milliseconds(String value) {
    return Duration.ofMillis(number("connection_timeout", value, "milliseconds", 600_000));
  }

  private static int number(String key, String value, String unit, int max) {
    if (!value.matches("[0-9]{1,9}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > max) {
      throw new IllegalArgumentException(
          "AMQP query parameter %s: \"%s\" (expected: %s, 1 to %d)"
              .formatted(key, value, unit, max));
    }
    return Integer.parseInt(value);
  }
}
