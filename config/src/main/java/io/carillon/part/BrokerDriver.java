package io.carillon.part;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.config.Configuration;
import io.carillon.config.ForeignKeys;
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

  /** Where a broker is, as a node sees it. */
  enum Place {
    /** In this process, so it is there before the node's port opens. */
    INSIDE,
    /** Elsewhere: the port opens first, so that the node can say that its broker is away. */
    OUTSIDE
  }

  /** The value of {@code adapter.driver} that asks for it. */
  String name();

  /** Its name as people write it. */
  String title();

  /** Where the broker is. */
  Place place();

  /** How people say where it is; nothing for one that has no address. */
  Optional<BrokerAddress> address();

  /** Its keys, the address among them, in the order in which people read them. */
  List<Setting<?>> settings();

  /**
   * Adds what is wrong with its keys, as far as each of them is right by itself; also where another
   * driver is used.
   */
  default void check(Configuration values, List<Problem> problems) {}

  /** Its key that says whether nodes of another server share the broker; nothing for none. */
  default Optional<Setting<WireMode>> wire() {
    return Optional.empty();
  }

  /**
   * What another server's keys of this kind of broker are here.
   *
   * @param product the server, in lower case
   */
  default Optional<ForeignKeys> foreignKeys(String product) {
    return Optional.empty();
  }

  /** What its brokers count, for the documentation of metrics. */
  default List<MetricSet<?>> metrics() {
    return List.of();
  }

  /**
   * Does with the broker what a node does, and leaves nothing behind. Blocks, for some connection
   * timeouts at most.
   *
   * @param values without problems
   * @return what was found; a failure is a finding, too
   */
  List<Finding> probe(Configuration values, BrokerContext context);

  /**
   * Makes the broker; it does nothing before its start.
   *
   * @param values without problems
   * @throws BrokerConfigurationException when it could never be used with these values
   */
  Broker create(Configuration values, BrokerContext context);
}
