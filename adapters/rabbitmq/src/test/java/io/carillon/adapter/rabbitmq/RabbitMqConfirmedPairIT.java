package io.carillon.adapter.rabbitmq;

import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Nodes at two servers of one cluster confirm each other's subscriptions. */
@Tag("matrix")
final class RabbitMqConfirmedPairIT extends BrokerContract {

  @SuppressWarnings("NullAway.Init") // the servers are started before all tests
  private static RabbitMqPair servers;

  @BeforeAll
  static void start() {
    servers = new RabbitMqPair();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Override
  protected BrokerFixture newCluster() {
    return servers.cluster(ConfirmSubscriptions.ON);
  }
}
