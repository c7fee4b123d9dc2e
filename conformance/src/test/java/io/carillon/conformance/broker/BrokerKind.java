package io.carillon.conformance.broker;

import io.carillon.conformance.kafka.PrivateKafka;
import io.carillon.conformance.nats.PrivateNats;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.redis.PrivateRedis;
import io.carillon.conformance.redis.PrivateRedisCluster;
import java.util.Locale;

/**
 * The kinds of brokers that the suites run over.
 *
 * <p>A class with the tag {@code any-broker} asks {@link #chosen} for its broker. A run uses
 * RabbitMQ, unless {@link #PROPERTY} names another kind; {@code tools/test-brokers} runs the tagged
 * classes once for each kind that it lists.
 */
public enum BrokerKind {
  RABBITMQ,
  REDIS,
  REDIS_CLUSTER,
  NATS,
  KAFKA;

  /** The system property that names the kind of a run. */
  static final String PROPERTY = "carillon.test.broker";

  /** The kind that this run uses. */
  public static BrokerKind chosen() {
    return valueOf(
        System.getProperty(PROPERTY, RABBITMQ.name()).replace('-', '_').toUpperCase(Locale.ROOT));
  }

  /** A server of the test's own, which has started. */
  public PrivateBroker own() {
    return switch (this) {
      case RABBITMQ -> new PrivateRabbitMq();
      case REDIS -> new PrivateRedis();
      case REDIS_CLUSTER -> new PrivateRedisCluster();
      case NATS -> new PrivateNats();
      case KAFKA -> new PrivateKafka();
    };
  }

  /** A place for the nodes of one test, made as quickly as this kind allows. */
  public BrokerPlace place() {
    return this == RABBITMQ ? new RabbitAdmin().createVhost() : own();
  }
}
