package io.carillon.adapter.redis;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;
import io.carillon.testkit.BrokerFixture;

/**
 * One cluster of nodes in a cluster of Redis; its prefix keeps it apart from all others.
 *
 * @param config the configuration of every node
 */
record TestCluster(RedisConfig config) implements BrokerFixture {

  @Override
  public Broker connect(Incarnation node) {
    return TestRedis.broker(config);
  }

  /** Redis keeps nothing of a cluster that has no nodes. */
  @Override
  public void close() {}
}
