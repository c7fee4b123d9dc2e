package io.carillon.testkit;

import io.carillon.broker.Broker;
import io.carillon.message.Incarnation;

/**
 * A cluster whose nodes can be kept from their bus. What {@link #cut} and {@link #stall} do, they
 * do to the nodes of {@link #connect}, also to those that connect meanwhile; those of {@link
 * #connectAside} notice nothing of it. The only thing that an implementation gives to {@link
 * OutageContract}.
 */
public interface OutageFixture extends BrokerFixture {

  /**
   * A node's broker that is not started, and whose way to the bus nothing but a restart disturbs.
   */
  Broker connectAside(Incarnation node);

  /** Breaks the connections to the bus and lets no new ones in. Both sides notice at once. */
  void cut();

  /** Keeps the connections to the bus and lets nothing through, in either direction. */
  void stall();

  /** Ends {@link #cut} and {@link #stall}. */
  void heal();

  /**
   * Whether the bus keeps publications, so that a node hears those of a short outage afterwards,
   * and has no gap to report.
   */
  default boolean keepsPublications() {
    return false;
  }

  /** Ends the bus with all that it holds, for all nodes, and starts it again. */
  void restart();
}
