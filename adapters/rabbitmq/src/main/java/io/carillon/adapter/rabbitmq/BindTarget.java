package io.carillon.adapter.rabbitmq;

import io.carillon.message.Channel;
import java.io.IOException;

/**
 * Where a {@link Binder} binds: one queue through one AMQP channel. Used on the binder's thread.
 * Methods also throw the client's unchecked {@code ShutdownSignalException}.
 */
interface BindTarget {

  /** The queue's name, for people. */
  String queue();

  /** Asks to bind a key; done when a later {@link #bind} or {@link #unbind} is. */
  void bindLater(Channel channel) throws IOException;

  /** Binds a key, and whatever was asked for before. */
  void bind(Channel channel) throws IOException;

  /** Binds every key there is, with one binding. */
  void bindAll() throws IOException;

  /** Ends {@link #bindAll}. */
  void unbindAll() throws IOException;

  /** Unbinds a key. */
  void unbind(Channel channel) throws IOException;

  /** Says that one of the above failed: nobody knows what is bound now, so this is lost. */
  void lose(String reason);
}
