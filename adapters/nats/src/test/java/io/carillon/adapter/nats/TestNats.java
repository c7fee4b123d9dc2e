package io.carillon.adapter.nats;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.BrokerFixture;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.OutageFixture;
import io.carillon.testkit.RelayedOutage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The NATS server that tests use, and one cluster of nodes on it that shares no subject with any
 * other.
 */
final class TestNats implements BrokerFixture {

  private final String prefix =
      "test-" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);

  static NatsAddress address() {
    return NatsAddress.parse(environment("CARILLON_TEST_NATS_URL"));
  }

  static String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run `make test`, which starts services");
    }
    return value;
  }

  /** The same user at another server, which may be a relay. */
  static NatsAddress at(int port) {
    return new NatsAddress(false, List.of(new Host("127.0.0.1", port)), address().credentials());
  }

  /** The server's socket. */
  static InetSocketAddress server() {
    return server(address());
  }

  static InetSocketAddress server(NatsAddress address) {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), address.hosts().getFirst().port());
  }

  /** A cluster that can be kept from NATS. */
  static OutageFixture outages() {
    TestNats cluster = new TestNats();
    return new RelayedOutage(server(), port -> broker(cluster.config(at(port))), cluster::close);
  }

  /** A configuration of this cluster. */
  NatsConfig config() {
    return config(address());
  }

  /** A configuration of this cluster by another address. */
  NatsConfig config(NatsAddress address) {
    return NatsConfig.of(address, prefix, "test node").withPrefix(prefix);
  }

  @Override
  public Broker connect(Incarnation node) {
    return broker(config());
  }

  /** A node with its own configuration, not started. */
  static BrokerNode node(NatsConfig config) {
    return new BrokerNode(Incarnation.random(new SplittableRandom()), broker(config));
  }

  static NatsBroker broker(NatsConfig config) {
    return new NatsBroker(config, System::nanoTime, InstantSource.system(), new SplittableRandom());
  }

  @Override
  public void close() {}
}
