package io.carillon.adapter.rabbitmq;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether live nodes confirm this node's subscriptions. From version 4.0 on RabbitMQ may keep its
 * bindings in Khepri, which answers a bind before all servers of a cluster route by it. With the
 * older store, Mnesia, the answer proves the route on all servers.
 */
public enum ConfirmSubscriptions {
  /**
   * They do where the server's version is 4.0 or later. AMQP tells neither the store nor the number
   * of servers, so a single server of such a version counts as one of several.
   */
  AUTO,
  /** They do. */
  ON,
  /** They do not: RabbitMQ is a single server, or uses Mnesia. */
  OFF;

  private static final int FIRST_WITH_KHEPRI = 4;

  private static final Pattern MAJOR = Pattern.compile("\\D*(\\d{1,6})\\b.*");

  /**
   * Whether this node asks the others.
   *
   * @param serverProperties what the server says of itself when a connection is made
   */
  boolean applies(Map<String, Object> serverProperties) {
    return switch (this) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> mayHaveKhepri(String.valueOf(serverProperties.get("version")));
    };
  }

  /** A version that can't be read may be a later one. */
  private static boolean mayHaveKhepri(String version) {
    Matcher matcher = MAJOR.matcher(version);
    return !matcher.matches() || Integer.parseInt(matcher.group(1)) >= FIRST_WITH_KHEPRI;
  }
}
