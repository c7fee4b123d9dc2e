package io.carillon.adapter.kit;

import io.carillon.message.Incarnation;
import java.io.IOException;

/**
 * Sends the questions of a {@link Barrier}, behind all subscriptions that this node has sent. Any
 * thread calls.
 */
public interface BarrierWire {

  /**
   * Asks all nodes, this one included.
   *
   * @throws IOException if the connection is broken
   */
  void askAll(long number, Occasion occasion) throws IOException;

  /**
   * Asks one node once more; the broker says if it is not there.
   *
   * @throws IOException if the connection is broken
   */
  void ask(long number, Occasion occasion, Incarnation node) throws IOException;
}
