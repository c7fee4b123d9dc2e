package io.carillon.adapter.kit;

import io.carillon.message.Channel;
import java.io.IOException;
import java.util.Collection;

/**
 * Where channels are bound: this node's place in the broker. Called on the {@link Binder}'s thread
 * alone, and only its calls change what is bound. A call may wait for the broker, for a bounded
 * time; afterwards what it asked for is done.
 */
public interface BindTarget {

  /** What the channels are bound to, for people: {@code queue amq.gen-1}, say. */
  String name();

  /**
   * Binds channels that are not bound, in this order: when this returns, publications of every live
   * node are routed here.
   *
   * @param channels at least one
   * @throws IOException when nobody knows what is bound now
   */
  void bind(Collection<Channel> channels) throws IOException;

  /**
   * Unbinds channels that are bound.
   *
   * @param channels at least one
   * @throws IOException when nobody knows what is bound now
   */
  void unbind(Collection<Channel> channels) throws IOException;

  /** Gives this up, after one of the above has failed: nobody knows what is bound now. */
  void lose(String reason);
}
