package io.carillon.adapter.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.config.Configuration;
import io.carillon.config.Formats;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.part.WireMode;
import java.util.List;

/** The keys of RabbitMQ. */
public final class RabbitMqSettings {

  private static final RabbitMqConfig DEFAULTS =
      RabbitMqConfig.of(AmqpUri.parse("amqp://localhost"), "carillon", "default");

  private static final long MAX_QUEUE = 1L << 30;

  public static final Setting<AmqpUri> URL =
      Setting.of("adapter.rabbitmq.url", new AmqpUriFormat())
          .alias("rabbitmq_uri", "rabbitmq.uri")
          .variable("RABBITMQ_URL")
          .flag("--broker")
          .inHelp()
          .secret()
          .says(
              "amqp://user:password@host:port/vhost, or amqps://; several addresses are",
              "separated by commas. Nodes that share a vhost and an exchange are one cluster.");

  public static final Setting<String> EXCHANGE =
      Setting.of("adapter.rabbitmq.exchange", Formats.text("a name"))
          .defaultsTo(RabbitMqConfig.DEFAULT_EXCHANGE)
          .variable("RABBITMQ_EXCHANGE")
          .flag("--exchange")
          .inHelp()
          .says("The beginning of the names of all exchanges.");

  public static final Setting<WireMode> WIRE =
      Setting.of("adapter.rabbitmq.wire", Formats.oneOf(WireMode.class))
          .defaultsTo(WireMode.NATIVE)
          .variable("CARILLON_WIRE")
          .flag("--wire")
          .inHelp()
          .says(
              "The form of messages in RabbitMQ; native is Carillon's own. The two others are for",
              "a RabbitMQ that is shared with nodes of the demo server that defined the topics",
              "protocol: reference writes the form that they read, transition only reads the form",
              "that they write.");

  public static final Setting<Long> QUEUE =
      Setting.of("adapter.rabbitmq.queue", Formats.size(1 << 16, MAX_QUEUE))
          .defaultsTo(DEFAULTS.queueBytes())
          .says(
              "The most bytes of messages that may wait in RabbitMQ for this node. Beyond",
              "this limit the oldest messages are dropped, and the node reports a gap.");

  public static final Setting<Integer> PREFETCH =
      Setting.of("adapter.rabbitmq.prefetch", Formats.wholeNumber(1, 1_000))
          .defaultsTo(DEFAULTS.prefetch())
          .says("The most messages that RabbitMQ sends before the node has acknowledged them.");

  public static final Setting<ConfirmSubscriptions> CONFIRM_SUBSCRIPTIONS =
      Setting.of(
              "adapter.rabbitmq.confirm_subscriptions", Formats.oneOf(ConfirmSubscriptions.class))
          .defaultsTo(ConfirmSubscriptions.AUTO)
          .says(
              "Whether a client is told that it is subscribed only when every live node has",
              "confirmed that its publications come here. A cluster of RabbitMQ that keeps its",
              "bindings in Khepri needs that; a single server, or one with Mnesia, does not. auto",
              "is on from RabbitMQ 4.0 on.");

  static final List<Setting<?>> ALL =
      List.of(URL, EXCHANGE, WIRE, QUEUE, PREFETCH, CONFIRM_SUBSCRIPTIONS);

  private RabbitMqSettings() {}

  static void check(Configuration values, List<Problem> problems) {
    String exchange = values.get(EXCHANGE);
    if (exchange.getBytes(UTF_8).length > 200 || exchange.startsWith("amq.")) {
      problems.add(
          values.problem(
              EXCHANGE,
              "\"%s\" (expected: at most 200 bytes, not starting with amq.)".formatted(exchange)));
    }
  }

  /**
   * How a node uses RabbitMQ.
   *
   * @param cluster the cluster's name
   * @param node the node's label
   */
  static RabbitMqConfig config(Configuration values, String cluster, String node) {
    return RabbitMqConfig.of(values.get(URL), cluster, node)
        .withExchange(values.get(EXCHANGE))
        .withQueue(values.get(PREFETCH), values.get(QUEUE))
        .withConfirming(values.get(CONFIRM_SUBSCRIPTIONS));
  }
}
