package io.carillon.adapter.kafka;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.BrokerFixture;
import io.carillon.testkit.BrokerNode;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The Kafka broker that tests use, and one cluster of nodes on it that shares no topic with any
 * other.
 */
final class TestKafka implements BrokerFixture {

  private final String prefix =
      "test-" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);

  static KafkaAddress address() {
    return KafkaAddress.parse(environment("CARILLON_TEST_KAFKA_URL"));
  }

  static String environment(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run `make test`, which starts services");
    }
    return value;
  }

  /** A broker of this machine, which may be a relay. */
  static KafkaAddress at(int port) {
    return new KafkaAddress(List.of(new Host("127.0.0.1", port)), "", "");
  }

  /** A configuration of this cluster. */
  KafkaConfig config() {
    return config(address());
  }

  /** A configuration of this cluster by another address. */
  KafkaConfig config(KafkaAddress address) {
    return KafkaConfig.of(address, prefix, "test node").withPrefix(prefix);
  }

  @Override
  public Broker connect(Incarnation node) {
    return broker(config());
  }

  /** A node with its own configuration, not started. */
  static BrokerNode node(KafkaConfig config) {
    return new BrokerNode(Incarnation.random(new SplittableRandom()), broker(config));
  }

  static KafkaBroker broker(KafkaConfig config) {
    return new KafkaBroker(
        config, System::nanoTime, InstantSource.system(), new SplittableRandom());
  }

  @Override
  public void close() {}
}
