package io.carillon.adapter.nats;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.testkit.OutageFixture;

/**
 * A cluster whose nodes connect by two relays: one can be cut and stalled, and the other one is for
 * nodes that notice nothing of that. A restart ends all connections, with all subscriptions, which
 * is all that a node has in NATS.
 */
final class OutageNats implements OutageFixture {

  private final TestNats cluster = new TestNats();
  private final int target = TestNats.address().hosts().getFirst().port();
  private Relay disturbed = Relay.listen(Relay.unusedPort(), target);
  private Relay aside = Relay.listen(Relay.unusedPort(), target);

  @Override
  public Broker connect(Incarnation node) {
    return through(disturbed);
  }

  @Override
  public Broker connectAside(Incarnation node) {
    return through(aside);
  }

  private Broker through(Relay relay) {
    return TestNats.broker(cluster.config(TestNats.at(relay.port())));
  }

  @Override
  public void cut() {
    disturbed.stop();
  }

  @Override
  public void stall() {
    disturbed.stall();
  }

  @Override
  public void heal() {
    disturbed.resume();
    if (disturbed.isStopped()) {
      disturbed = Relay.listen(disturbed.port(), target);
    }
  }

  @Override
  public void restart() {
    disturbed.stop();
    aside.stop();
    disturbed = Relay.listen(disturbed.port(), target);
    aside = Relay.listen(aside.port(), target);
  }

  @Override
  public void close() {
    disturbed.stop();
    aside.stop();
    cluster.close();
  }
}
