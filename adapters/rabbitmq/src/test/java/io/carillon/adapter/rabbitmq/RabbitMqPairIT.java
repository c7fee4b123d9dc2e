package io.carillon.adapter.rabbitmq;

import io.carillon.testkit.BrokerContract;
import io.carillon.testkit.BrokerFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** A bind that one server of a cluster with Mnesia has answered works at both servers. */
@Tag("matrix")
final class RabbitMqPairIT extends BrokerContract {

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
    return servers.cluster(ConfirmSubscriptions.OFF);
  }
}
