package io.carillon.adapter.redis;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerContext;
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

/** One cluster in the Redis that tests use; its prefix keeps it apart from all others. */
final class TestRedis implements BrokerFixture {

  private static final String URL = "CARILLON_TEST_REDIS_URL";

  private final String prefix =
      "test-" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36) + ":";

  static RedisAddress address() {
    return RedisAddress.parse(environment(URL));
  }

  static String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run `make test`, which starts services");
    }
    return value;
  }

  /** The same user at another port of this machine, which may be a relay's. */
  static RedisAddress at(int port) {
    RedisAddress address = address();
    return new RedisAddress(
        false,
        List.of(new Host("127.0.0.1", port)),
        null,
        address.login(),
        address.sentinelLogin(),
        0);
  }

  /** The server's socket. */
  static InetSocketAddress server() {
    return server(address());
  }

  static InetSocketAddress server(RedisAddress address) {
    Host host = address.hosts().getFirst();
    return new InetSocketAddress(host.name(), host.port());
  }

  /** A cluster that can be kept from Redis. */
  static OutageFixture outages() {
    TestRedis cluster = new TestRedis();
    return new RelayedOutage(server(), port -> broker(cluster.config(at(port))), cluster::close);
  }

  /** A configuration of this cluster. */
  RedisConfig config() {
    return config(address());
  }

  /** A configuration of this cluster by another address. */
  RedisConfig config(RedisAddress address) {
    return RedisConfig.of(address, prefix, "test node").withPrefix(prefix);
  }

  @Override
  public Broker connect(Incarnation node) {
    return broker(config());
  }

  /** A node with its own configuration, not started. */
  static BrokerNode node(RedisConfig config) {
    return node(broker(config));
  }

  /** A node with its own broker, not started. */
  static BrokerNode node(Broker broker) {
    return new BrokerNode(Incarnation.random(new SplittableRandom()), broker);
  }

  /** What a node and the doctor are given beside the configuration. */
  static BrokerContext context() {
    return new BrokerContext(
        "default", "n", null, System::nanoTime, InstantSource.system(), new SplittableRandom());
  }

  static RedisBroker broker(RedisConfig config) {
    return new RedisBroker(
        config, System::nanoTime, InstantSource.system(), new SplittableRandom());
  }

  /** Redis keeps nothing of a cluster that has no nodes. */
  @Override
  public void close() {}
}
