package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.PublishLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * How a node uses RabbitMQ.
 *
 * @param uri its address
 * @param exchange the base name of the exchanges; nodes that share it are one cluster
 * @param cluster the cluster's name in every envelope; envelopes of other clusters are dropped
 * @param node this node's label, for operators
 * @param heartbeat the heartbeat to ask for, unless the URI says another
 * @param connectionTimeout how long a TCP connection and the AMQP handshake may take, unless the
 *     URI says another; also how long RabbitMQ may take to answer
 * @param backoffMin the shortest pause before connecting again
 * @param backoffMax the longest pause before connecting again
 * @param prefetch how many messages RabbitMQ sends ahead of their acknowledgement
 * @param queueBytes how many bytes may wait for this node in RabbitMQ; beyond it the oldest are
 *     dropped and a gap is reported
 * @param publishing the limits of publishing
 * @param wide when to bind all channels with one binding
 * @param confirming whether live nodes confirm subscriptions
 */
public record RabbitMqConfig(
    AmqpUri uri,
    String exchange,
    String cluster,
    String node,
    Duration heartbeat,
    Duration connectionTimeout,
    Duration backoffMin,
    Duration backoffMax,
    int prefetch,
    long queueBytes,
    PublishLimits publishing,
    WideLimits wide,
    ConfirmSubscriptions confirming) {

  public static final String DEFAULT_EXCHANGE = "ws.topics";

  /**
   * A silent peer is given up after nine quarters of the heartbeat, which has to be within ten
   * seconds.
   */
  private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(4);

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * A message holds up to 64 KiB of publications, so the messages under way to a node that stands
   * still take 16 MiB of RabbitMQ's memory beside its queue.
   */
  private static final int DEFAULT_PREFETCH = 256;

  /** The client's own queue before a consumer holds 1,000; more messages would block its reader. */
  private static final int MAX_PREFETCH = 1_000;

  /** AMQP's names have at most 255 bytes, and Carillon appends to this one. */
  private static final int MAX_EXCHANGE = 200;

  public RabbitMqConfig {
    int bytes = exchange.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > MAX_EXCHANGE || exchange.startsWith("amq.")) {
      throw new IllegalArgumentException(
          "exchange: \"%s\" (expected: 1 to %d bytes, not starting with amq.)"
              .formatted(exchange, MAX_EXCHANGE));
    }
    requirePositive("heartbeat", heartbeat);
    requirePositive("connection timeout", connectionTimeout);
    requirePositive("backoff min", backoffMin);
    if (backoffMax.compareTo(backoffMin) < 0) {
      throw new IllegalArgumentException(
          "backoff max: " + backoffMax + " (expected: at least " + backoffMin + ")");
    }
    if (prefetch < 1 || prefetch > MAX_PREFETCH) {
      throw new IllegalArgumentException(
          "prefetch: " + prefetch + " (expected: 1 to " + MAX_PREFETCH + ")");
    }
    if (queueBytes < 1) {
      throw new IllegalArgumentException("queue bytes: " + queueBytes + " (expected: > 0)");
    }
  }

  /** Defaults for everything except the address, the names, and the options of the URI's query. */
  public static RabbitMqConfig of(AmqpUri uri, String cluster, String node) {
    return new RabbitMqConfig(
        uri,
        DEFAULT_EXCHANGE,
        cluster,
        node,
        Objects.requireNonNullElse(uri.options().heartbeat(), DEFAULT_HEARTBEAT),
        Objects.requireNonNullElse(uri.options().connectionTimeout(), DEFAULT_TIMEOUT),
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        DEFAULT_PREFETCH,
        64L << 20,
        PublishLimits.DEFAULT,
        WideLimits.DEFAULT,
        ConfirmSubscriptions.AUTO);
  }

  /** The same configuration with another base name of the exchanges. */
  public RabbitMqConfig withExchange(String name) {
    return new RabbitMqConfig(
        uri,
        name,
        cluster,
        node,
        heartbeat,
        connectionTimeout,
        backoffMin,
        backoffMax,
        prefetch,
        queueBytes,
        publishing,
        wide,
        confirming);
  }

  /** The same configuration with other limits on messages that wait in RabbitMQ for this node. */
  public RabbitMqConfig withQueue(int newPrefetch, long newQueueBytes) {
    return new RabbitMqConfig(
        uri,
        exchange,
        cluster,
        node,
        heartbeat,
        connectionTimeout,
        backoffMin,
        backoffMax,
        newPrefetch,
        newQueueBytes,
        publishing,
        wide,
        confirming);
  }

  /** The same configuration with other limits of publishing. */
  public RabbitMqConfig withPublishing(PublishLimits limits) {
    return new RabbitMqConfig(
        uri,
        exchange,
        cluster,
        node,
        heartbeat,
        connectionTimeout,
        backoffMin,
        backoffMax,
        prefetch,
        queueBytes,
        limits,
        wide,
        confirming);
  }

  /** The same configuration with another choice about confirmations. */
  public RabbitMqConfig withConfirming(ConfirmSubscriptions choice) {
    return new RabbitMqConfig(
        uri,
        exchange,
        cluster,
        node,
        heartbeat,
        connectionTimeout,
        backoffMin,
        backoffMax,
        prefetch,
        queueBytes,
        publishing,
        wide,
        choice);
  }

  private static void requirePositive(String what, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: at least 1 ms)");
    }
  }
}
