package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.Dialer;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Receiver;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Connects to RabbitMQ and declares the node's exchanges and queues. */
final class RabbitMqDialer implements Dialer<RabbitMqLink> {

  private final RabbitMqConfig config;
  private final Wire wire;
  private final Incarnation node;
  private final Environment environment;
  private final Receiver receiver;
  private final Connector connector;

  /**
   * @param node this node
   * @param receiver takes the messages that links receive
   * @throws io.carillon.broker.BrokerConfigurationException if TLS can't work as configured
   */
  RabbitMqDialer(
      RabbitMqConfig config,
      Wire wire,
      Incarnation node,
      Environment environment,
      Receiver receiver) {
    this.config = config;
    this.wire = wire;
    this.node = node;
    this.environment = environment;
    this.receiver = receiver;
    this.connector = new Connector(config, environment.executor(), environment.threads("io"));
  }

  @Override
  public String place() {
    return config.uri().toString();
  }

  @Override
  public RabbitMqLink open() throws IOException, TimeoutException {
    Connections connections = connector.connect();
    try {
      RabbitMqLink link = RabbitMqLink.open(connections, config, wire, node, environment, receiver);
      link.consume(receiver);
      return link;
    } catch (IOException | RuntimeException | Error e) {
      connections.abandon();
      throw e;
    }
  }
}
