package io.carillon.adapter.kafka;

import io.carillon.testkit.Ports;
import io.carillon.testkit.Relay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker that nodes reach by two relays: one can be cut and stalled, and the other one is
 * for nodes that notice nothing of that. The broker tells clients the ports of the relays.
 */
final class RelayedKafka implements AutoCloseable {

  private final int disturbedPort = Ports.unused();
  private final int asidePort = Ports.unused();
  private final KafkaServer server = new KafkaServer(0, disturbedPort, asidePort);
  private @Nullable Relay disturbed;
  private @Nullable Relay aside;

  /** Opens both relays. */
  void open() {
    close();
    disturbed = Relay.to(listener(1), disturbedPort);
    aside = Relay.to(listener(2), asidePort);
  }

  private InetSocketAddress listener(int number) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port(number));
  }

  KafkaServer server() {
    return server;
  }

  /** The relay that can be cut and stalled. */
  Relay disturbed() {
    Relay relay = disturbed;
    if (relay == null) {
      throw new IllegalStateException("not open");
    }
    return relay;
  }

  KafkaAddress disturbedAddress() {
    return TestKafka.at(disturbedPort);
  }

  KafkaAddress asideAddress() {
    return TestKafka.at(asidePort);
  }

  /** Ends what the relay does. */
  void heal() {
    disturbed().resume();
    if (disturbed().isStopped()) {
      disturbed = Relay.to(listener(1), disturbedPort);
    }
  }

  /** Cuts the connections by the relay, which from now on passes everything on again. */
  void reopen() {
    disturbed().stop();
    heal();
  }

  /** Closes the relays; the broker goes on. */
  @Override
  public void close() {
    if (disturbed != null) {
      disturbed.stop();
      disturbed = null;
    }
    if (aside != null) {
      aside.stop();
      aside = null;
    }
  }
}
