package io.carillon.server;

import io.carillon.adapter.rabbitmq.RabbitMqConfig;

/** Which broker connects a node to the others. */
public sealed interface BrokerConfig {

  /** None: the node works alone. */
  record Local() implements BrokerConfig {}

  /** RabbitMQ. */
  record RabbitMq(RabbitMqConfig config) implements BrokerConfig {}
}
