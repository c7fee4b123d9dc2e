package io.carillon.adapter.redis;

import io.carillon.testkit.OutageContract;
import io.carillon.testkit.OutageFixture;

/** Redis goes away and comes back as the contract asks. */
final class RedisOutageIT extends OutageContract {

  @Override
  protected OutageFixture newCluster() {
    return TestRedis.outages();
  }
}
