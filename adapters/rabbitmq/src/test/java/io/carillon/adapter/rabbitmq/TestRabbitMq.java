package io.carillon.adapter.rabbitmq;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.BrokerFixture;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.OutageFixture;
import io.carillon.testkit.RelayedOutage;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The RabbitMQ that tests use, and one cluster in it that shares nothing with any other: its
 * exchanges have a name of their own and are deleted in the end.
 */
final class TestRabbitMq implements BrokerFixture {

  private static final String URL = "CARILLON_TEST_RABBITMQ_URL";

  private final String exchange =
      "test-" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
  private final Management management = new Management();

  static AmqpUri uri() {
    return AmqpUri.parse(environment(URL));
  }

  static String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run `make test`, which starts services");
    }
    return value;
  }

  /** The same user at another port of this machine, which may be a relay's. */
  static AmqpUri at(int port) {
    AmqpUri uri = uri();
    return new AmqpUri(
        false,
        List.of(new Host("127.0.0.1", port)),
        uri.user(),
        uri.password(),
        uri.virtualHost(),
        AmqpUri.Options.NONE);
  }

  /** The server's socket. */
  static InetSocketAddress server() {
    return server(uri());
  }

  static InetSocketAddress server(AmqpUri uri) {
    Host host = uri.hosts().getFirst();
    return new InetSocketAddress(host.name(), host.port());
  }

  /** A cluster that can be kept from RabbitMQ. Its exchanges are gone after a restart. */
  static OutageFixture outages() {
    TestRabbitMq cluster = new TestRabbitMq();
    return new RelayedOutage(server(), port -> broker(cluster.config(at(port))), cluster::close);
  }

  /** A configuration of this cluster. */
  RabbitMqConfig config() {
    return config(uri());
  }

  /** A configuration of this cluster by another URI. */
  RabbitMqConfig config(AmqpUri uri) {
    return RabbitMqConfig.of(uri, exchange, "test node").withExchange(exchange);
  }

  Management management() {
    return management;
  }

  /** The publication exchange's name. */
  String publicationExchange() {
    return Topology.exchange(config());
  }

  @Override
  public Broker connect(Incarnation node) {
    return broker(config());
  }

  /** A node with its own configuration, not started. */
  BrokerNode node(RabbitMqConfig config) {
    return node(broker(config));
  }

  /** A node with its own broker, not started. */
  static BrokerNode node(Broker broker) {
    return new BrokerNode(Incarnation.random(new SplittableRandom()), broker);
  }

  static RabbitMqBroker broker(RabbitMqConfig config) {
    return new RabbitMqBroker(
        config, System::nanoTime, InstantSource.system(), new SplittableRandom());
  }

  @Override
  public void close() {
    management.deleteExchange(Topology.controlExchange(config()));
    management.deleteExchange(Topology.nodesExchange(config()));
    management.deleteExchange(publicationExchange());
  }
}
