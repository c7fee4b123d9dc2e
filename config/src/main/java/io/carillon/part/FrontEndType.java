package io.carillon.part;

import io.carillon.broker.PlainChannel;
import io.carillon.config.Configuration;
import io.carillon.config.EnvironmentReader;
import io.carillon.config.ImportTable;
import io.carillon.config.OtherServer;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.dialect.Dialect;
import io.carillon.metrics.MetricSet;
import io.carillon.protocol.FrontEndPlan;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One protocol that clients speak with a node: how it is configured and made. Stateless; any thread
 * may call it.
 */
public interface FrontEndType {

  /** Its name in lower case, of one word. */
  String name();

  /**
   * Its keys, in the order in which people read them. A key in a section of the node, such as
   * {@code page}, comes at the end of that section.
   */
  List<Setting<?>> settings();

  /**
   * Adds the problems of its keys, if each key is valid by itself.
   *
   * @param limits the node's limits, which the keys may have to fit into
   */
  default void check(Configuration values, NodeLimits limits, List<Problem> problems) {}

  /**
   * Other servers of this protocol whose configuration files can be read.
   *
   * @param drivers the meaning of brokers' keys, by a server's name in lower case
   */
  default List<OtherServer> otherServers(Function<String, List<ImportTable>> drivers) {
    return List.of();
  }

  /**
   * The readers of variables beside its settings' own.
   *
   * @param drivers those of the program, for messages about variables of another server
   */
  default List<EnvironmentReader> environment(List<BrokerDriver> drivers) {
    return List.of();
  }

  /**
   * What it adds to keys of the node. A health check asks for it twice a minute, so neither this
   * method nor the class makes a logger.
   */
  default List<KeyAddition> additions() {
    return List.of();
  }

  /**
   * Its items in the list at the beginning of the configuration's page, in Markdown; empty for
   * none.
   */
  default String configurationNotes() {
    return "";
  }

  /** The metrics of its front ends, for the documentation. */
  default List<MetricSet<?>> metrics() {
    return List.of();
  }

  /**
   * Makes the front end of a node; it does nothing before it is opened.
   *
   * @param values without problems
   * @param host the address that the node listens on
   * @param limits the node's limits
   */
  FrontEndPlan plan(Configuration values, String host, NodeLimits limits);

  /** How commands speak the protocol; empty if they can't. */
  default Optional<Dialect> dialect() {
    return Optional.empty();
  }

  /** Its commands, in the order of the help. */
  default List<PartCommand> commands() {
    return List.of();
  }

  /**
   * What the demo's nodes need to show the protocol, and what the user can try there; empty if the
   * demo shows nothing of it.
   *
   * @param random for secrets, which are made anew for each demo
   */
  default Optional<DemoShare> demo(SecureRandom random) {
    return Optional.empty();
  }

  /** Whether a node with this configuration has it. Constant for one configuration. */
  default boolean isOn(Configuration values) {
    return true;
  }

  /**
   * The channels that it shares with other programs, if the broker's driver has plain channels.
   *
   * @param values without problems
   * @param limits the node's limits
   */
  default List<PlainChannel> plainChannels(Configuration values, NodeLimits limits) {
    return List.of();
  }

  /** The foreign form that it can read and write on a shared broker; empty for none. */
  default Optional<ForeignFormType> foreignForm() {
    return Optional.empty();
  }

  /**
   * Its part of the node's web page; empty for none. Called only if the node serves a page.
   *
   * @param values without problems
   */
  default Optional<PagePart> page(Configuration values) {
    return Optional.empty();
  }
}
