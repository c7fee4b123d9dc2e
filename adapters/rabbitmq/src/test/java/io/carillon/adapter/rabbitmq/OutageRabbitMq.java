package io.carillon.adapter.rabbitmq;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.testkit.OutageFixture;
import java.util.List;

/**
 * A cluster in RabbitMQ whose nodes connect by two relays: one can be cut and stalled, and the
 * other one is for nodes that notice nothing of that. A restart ends all connections, with all
 * queues, and deletes the exchanges, which is all that a node of this cluster has in RabbitMQ.
 */
final class OutageRabbitMq implements OutageFixture {

  private final TestRabbitMq cluster = new TestRabbitMq();
  private final AmqpUri uri = TestRabbitMq.uri();
  private Relay disturbed = Relay.listen(Relay.unusedPort(), uri);
  private Relay aside = Relay.listen(Relay.unusedPort(), uri);

  @Override
  public Broker connect(Incarnation node) {
    return through(disturbed);
  }

  @Override
  public Broker connectAside(Incarnation node) {
    return through(aside);
  }

  private Broker through(Relay relay) {
    AmqpUri there =
        new AmqpUri(
            false,
            List.of(new AmqpUri.Host("127.0.0.1", relay.port())),
            uri.user(),
            uri.password(),
            uri.virtualHost(),
            AmqpUri.Options.NONE);
    return TestRabbitMq.broker(cluster.config(there));
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
      disturbed = Relay.listen(disturbed.port(), uri);
    }
  }

  @Override
  public void restart() {
    disturbed.stop();
    aside.stop();
    cluster.close();
    disturbed = Relay.listen(disturbed.port(), uri);
    aside = Relay.listen(aside.port(), uri);
  }

  @Override
  public void close() {
    disturbed.stop();
    aside.stop();
    cluster.close();
  }
}
