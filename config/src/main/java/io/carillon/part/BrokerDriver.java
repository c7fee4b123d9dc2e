package io.carillon.part;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.config.Configuration;
import io.carillon.config.ImportTable;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.metrics.MetricSet;
import java.util.List;
import java.util.Optional;

/**
 * One kind of broker that can connect nodes: how it is configured, tried and made. Stateless; any
 * thread may call it.
 */
public interface BrokerDriver {

  /** The place of a broker, as a node sees it. */
  enum Place {
    /** The node has no broker, and no other nodes beside it. */
    NOWHERE,
    /** In this process, so it is there before the node's port opens. */
    INSIDE,
    /**
     * In another process: the port opens first, so that the node can report that its broker is
     * away.
     */
    OUTSIDE
  }

  /** The value of {@code adapter.driver} that asks for it. */
  String name();

  /** Its name in texts for people. */
  String title();

  /** The place of the broker. */
  Place place();

  /** The address of this kind of broker; empty if it has no address. */
  Optional<BrokerAddress> address();

  /** Its keys, the address among them, in the order in which people read them. */
  List<Setting<?>> settings();

  /**
   * Adds the problems of its keys, if each key is valid by itself; also called if another driver is
   * used.
   */
  default void check(Configuration values, List<Problem> problems) {}

  /** The key that says whether nodes of another server share the broker; empty for none. */
  default Optional<Setting<WireMode>> wire() {
    return Optional.empty();
  }

  /**
   * The meaning of another server's keys for this kind of broker.
   *
   * @param server the server, in lower case
   */
  default Optional<ImportTable> importTable(String server) {
    return Optional.empty();
  }

  /** The metrics of its brokers, for the documentation. */
  default List<MetricSet<?>> metrics() {
    return List.of();
  }

  /**
   * The loggers of its library that are turned off, since the adapter itself logs what they would.
   * Called while logging is set up, so neither this method nor the class logs.
   */
  default List<String> quietLoggers() {
    return List.of();
  }

  /** How a program starts a broker of this kind; empty if it can't. */
  default Optional<LocalBroker> local() {
    return Optional.empty();
  }

  /**
   * Does everything with the broker that a node does, and leaves nothing behind. Blocks, for some
   * connection timeouts at most.
   *
   * @param values without problems
   * @return the findings; a failure is a finding, too
   */
  List<Finding> probe(Configuration values, BrokerContext context);

  /**
   * Makes the broker; it does nothing before its start.
   *
   * @param values without problems
   * @throws BrokerConfigurationException if it can never be used with these values
   */
  Broker create(Configuration values, BrokerContext context);
}
