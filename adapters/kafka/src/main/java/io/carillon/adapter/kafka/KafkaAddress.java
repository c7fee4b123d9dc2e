package io.carillon.adapter.kafka;

import io.carillon.part.BrokerUri;
import io.carillon.part.BrokerUri.Host;
import io.carillon.part.BrokerUriSyntax;
import io.carillon.part.BrokerUriSyntax.Scheme;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Some brokers of one Kafka cluster, and the user, as {@code kafka://} URLs give them. No password
 * shows in {@link #toString()} or in any error.
 *
 * @param hosts the brokers that are asked for all others; at least one
 * @param user the user's name; empty for none
 * @param password the user's password; empty for none
 */
public record KafkaAddress(List<Host> hosts, String user, String password) {

  private static final String SCHEME = "kafka";
  private static final BrokerUriSyntax SYNTAX = BrokerUriSyntax.of(new Scheme(SCHEME, 9092));

  public KafkaAddress {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("Kafka brokers: none (expected: at least one)");
    }
  }

  /**
   * Reads one or several addresses, separated by commas: URLs, or hosts with ports.
   *
   * @throws IllegalArgumentException if the text can't be read; the message says what was expected
   */
  public static KafkaAddress parse(String text) {
    return parse(List.of(text.split(",", -1)));
  }

  /** Reads addresses, one for each broker. The user may stand in the first one only. */
  static KafkaAddress parse(List<String> addresses) {
    BrokerUri uri =
        SYNTAX.readAll(
            addresses.stream()
                .map(String::strip)
                .map(address -> address.contains("://") ? address : SCHEME + "://" + address)
                .toList());
    if (!uri.path().isEmpty()) {
      throw new IllegalArgumentException(
          "more behind the host (expected: kafka://user:password@host:port)");
    }
    String user = Objects.requireNonNullElse(uri.user(), "");
    String password = Objects.requireNonNullElse(uri.password(), "");
    if (user.isEmpty() && !password.isEmpty()) {
      throw new IllegalArgumentException(
          "no user before the password (expected: kafka://user:password@host:port)");
    }
    return new KafkaAddress(uri.hosts(), user, password);
  }

  /** The brokers as the client's {@code bootstrap.servers}. */
  String bootstrap() {
    return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
  }

  /** The URL with {@code ***} for the password. */
  @Override
  public String toString() {
    return SCHEME + "://" + (user.isEmpty() ? "" : user + ":***@") + bootstrap();
  }
}
