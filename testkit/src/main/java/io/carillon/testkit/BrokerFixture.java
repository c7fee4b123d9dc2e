package io.carillon.testkit;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;

/**
 * One cluster of one kind of broker, empty at first and isolated from every other cluster. The only
 * thing that an implementation gives to {@link BrokerContract}.
 */
public interface BrokerFixture extends AutoCloseable {

  /** A node's broker, connected to this cluster but not started. The caller closes it. */
  Broker connect(Incarnation node);

  /** Frees what the cluster itself holds; its nodes are closed before. */
  @Override
  void close();
}
