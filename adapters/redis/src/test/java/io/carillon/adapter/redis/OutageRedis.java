package io.carillon.adapter.redis;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.OutageFixture;
import java.util.List;

/**
 * A cluster in Redis whose nodes connect by two relays: one can be cut and stalled, and the other
 * one is for nodes that notice nothing of that. A restart ends all connections, with all
 * subscriptions, which is all that a node has in Redis.
 */
final class OutageRedis implements OutageFixture {

  private final TestRedis cluster = new TestRedis();
  private final RedisAddress address = TestRedis.address();
  private final Host server = address.hosts().getFirst();
  private Relay disturbed = Relay.listen(Relay.unusedPort(), server);
  private Relay aside = Relay.listen(Relay.unusedPort(), server);

  @Override
  public Broker connect(Incarnation node) {
    return through(disturbed);
  }

  @Override
  public Broker connectAside(Incarnation node) {
    return through(aside);
  }

  private Broker through(Relay relay) {
    RedisAddress there =
        new RedisAddress(
            false,
            List.of(new Host("127.0.0.1", relay.port())),
            null,
            address.login(),
            address.sentinelLogin(),
            0);
    return TestRedis.broker(cluster.config(there));
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
      disturbed = Relay.listen(disturbed.port(), server);
    }
  }

  @Override
  public void restart() {
    disturbed.stop();
    aside.stop();
    disturbed = Relay.listen(disturbed.port(), server);
    aside = Relay.listen(aside.port(), server);
  }

  @Override
  public void close() {
    disturbed.stop();
    aside.stop();
    cluster.close();
  }
}
