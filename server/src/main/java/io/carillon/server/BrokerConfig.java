package io.carillon.server;

import io.carillon.adapter.rabbitmq.RabbitMqConfig;
import io.carillon.broker.InMemoryBus;

/** Which broker connects a node to the others. */
public sealed interface BrokerConfig {

  /** None: the node works alone. */
  record Local() implements BrokerConfig {}

  /** A bus that nodes of one process share. */
  record Embedded(InMemoryBus bus) implements BrokerConfig {}

  /**
   * RabbitMQ.
   *
   * @param wire what the nodes there speak
   */
  record RabbitMq(RabbitMqConfig config, WireMode wire) implements BrokerConfig {}
}
