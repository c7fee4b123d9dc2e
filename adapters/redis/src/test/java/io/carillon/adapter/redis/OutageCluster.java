package io.carillon.adapter.redis;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.testkit.OutageFixture;

/**
 * Nodes in a cluster of Redis that connect by two networks: one can be cut and stalled, and the
 * other one is for nodes that notice nothing of that. A restart ends all connections, with all
 * subscriptions, which is all that a node has in Redis.
 */
final class OutageCluster implements OutageFixture {

  private final RedisConfig config;
  private final Relays disturbed;
  private final Relays aside;

  OutageCluster(RedisConfig config) {
    this.config = config;
    this.disturbed = new Relays(config.address().hosts());
    this.aside = new Relays(config.address().hosts());
  }

  @Override
  public Broker connect(Incarnation node) {
    return TestRedis.broker(config.withRoute(disturbed::route));
  }

  @Override
  public Broker connectAside(Incarnation node) {
    return TestRedis.broker(config.withRoute(aside::route));
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
    disturbed.heal();
  }

  @Override
  public void restart() {
    disturbed.stop();
    aside.stop();
    disturbed.heal();
    aside.heal();
  }

  @Override
  public void close() {
    disturbed.close();
    aside.close();
  }
}
