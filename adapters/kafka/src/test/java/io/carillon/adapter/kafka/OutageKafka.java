package io.carillon.adapter.kafka;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.testkit.OutageFixture;

/**
 * A cluster whose nodes connect by the relays of a broker. A restart kills the broker and starts it
 * without anything that it had.
 */
final class OutageKafka implements OutageFixture {

  private final TestKafka cluster = new TestKafka();
  private final RelayedKafka kafka;

  /**
   * @param kafka goes on after this fixture
   */
  OutageKafka(RelayedKafka kafka) {
    this.kafka = kafka;
    kafka.open();
  }

  @Override
  public Broker connect(Incarnation node) {
    return TestKafka.broker(cluster.config(kafka.disturbedAddress()));
  }

  @Override
  public Broker connectAside(Incarnation node) {
    return TestKafka.broker(cluster.config(kafka.asideAddress()));
  }

  @Override
  public void cut() {
    kafka.disturbed().stop();
  }

  @Override
  public void stall() {
    kafka.disturbed().stall();
  }

  @Override
  public void heal() {
    kafka.heal();
  }

  @Override
  public boolean keepsPublications() {
    return true;
  }

  @Override
  public void restart() {
    kafka.server().kill();
    kafka.server().wipe();
    kafka.server().start();
  }

  @Override
  public void close() {
    kafka.close();
    cluster.close();
  }
}
