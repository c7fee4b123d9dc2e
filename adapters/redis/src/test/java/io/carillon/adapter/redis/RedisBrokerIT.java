package io.carillon.adapter.redis;

import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;

/** Redis keeps every promise of the contract. */
final class RedisBrokerIT extends BrokerContract {

  @Override
  protected BrokerFixture newCluster() {
    return new TestRedis();
  }
}
