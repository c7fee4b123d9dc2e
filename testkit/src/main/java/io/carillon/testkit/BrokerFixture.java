package io.carillon.testkit;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;

/**
 * One cluster of one kind of broker, empty at first and isolated from every other cluster. A
 * fixture is all that an implementation gives to {@link BrokerContract}.
 */
public interface BrokerFixture extends AutoCloseable {

  /** A node's broker, connected to this cluster but not started. The caller closes it. */
  Broker connect(Incarnation node);

  /** Frees the cluster's own resources; its nodes are closed before. */
  @Override
  void close();
}
