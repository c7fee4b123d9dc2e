package io.carillon.adapter.rabbitmq;

import io.carillon.adapter.kit.BindTarget;
import java.io.IOException;

/** A target to which all channels can be bound with one binding. */
interface WideTarget extends BindTarget {

  /** The queue's name. */
  String queue();

  /**
   * Binds all channels with one binding, and waits for the answer.
   *
   * @throws IOException if the bindings are unknown now
   */
  void bindAll() throws IOException;

  /**
   * Ends {@link #bindAll}, and waits for the answer.
   *
   * @throws IOException if the bindings are unknown now
   */
  void unbindAll() throws IOException;
}
