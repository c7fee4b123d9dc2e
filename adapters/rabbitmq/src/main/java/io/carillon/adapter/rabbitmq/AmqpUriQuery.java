package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.rabbitmq.AmqpUri.Options;
import io.carillon.part.BrokerUri;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query of an {@link AmqpUri}.
 *
 * @param values by their names
 */
record AmqpUriQuery(Map<String, String> values) {

  /** Of TLS alone. */
  private static final List<String> SECURE =
      List.of("cacertfile", "verify", "server_name_indication");

  /** All names. Another one is refused, so that a typing error is noticed. */
  static final List<String> KNOWN =
      List.of("heartbeat", "connection_timeout", "cacertfile", "verify", "server_name_indication");

  static Options read(BrokerUri uri) {
    for (String name : SECURE) {
      if (uri.query().containsKey(name) && !uri.scheme().equals("amqps")) {
        throw new IllegalArgumentException(
            "query parameter " + name + " with amqp:// (expected: amqps://)");
      }
    }
    AmqpUriQuery query = new AmqpUriQuery(uri.query());
    return new Options(
        query.value("heartbeat", AmqpUriQuery::seconds),
        query.value("connection_timeout", AmqpUriQuery::milliseconds),
        new TlsFiles(query.value("cacertfile", Path::of), null, null, query.verification()),
        query.value("server_name_indication", Function.identity()));
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
              "query parameter verify: \"" + value + "\" (expected: verify_peer or verify_none)");
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
          "query parameter %s: \"%s\" (expected: %s, 1 to %d)".formatted(key, value, unit, max));
    }
    return Integer.parseInt(value);
  }
}
