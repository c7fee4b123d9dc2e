package io.carillon.part;

import io.carillon.broker.WireForm;
import io.carillon.config.Configuration;
import io.carillon.config.Problem;
import io.carillon.config.Setting;
import io.carillon.message.Incarnation;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The form of another server's messages, which a protocol's nodes can read and write on a shared
 * broker.
 */
public interface ForeignFormType {

  /** The name of the other server's nodes, such as "the demo". */
  String server();

  /**
   * Adds the problems of a configuration in which these messages are read.
   *
   * @param wire the key that asks for it; its value is not {@link WireMode#NATIVE}
   */
  void check(Configuration values, Setting<WireMode> wire, List<Problem> problems);

  /**
   * Makes the form.
   *
   * @param node this node's label
   * @param incarnation for the ids of messages that come without one
   * @param limits how long a message may be
   * @param nanoClock monotonic, in nanoseconds
   */
  WireForm create(String node, Incarnation incarnation, NodeLimits limits, LongSupplier nanoClock);
}
