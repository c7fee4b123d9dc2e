package io.carillon.adapter.kit;

import io.carillon.message.Channel;
import java.io.IOException;
import java.util.Collection;

/**
 * The place in the broker to which this node's channels are bound. Called only on the {@link
 * Binder}'s thread, and only these calls change the bindings. A call may wait for the broker, for a
 * bounded time; when it returns, the broker has carried it out.
 */
public interface BindTarget {

  /** The name of the place, for logs: {@code queue amq.gen-1}, for example. */
  String name();

  /**
   * Binds channels that are not bound, in this order. When {@link #settle} has returned after this,
   * publications of every live node are routed here.
   *
   * @param channels at least one
   * @throws IOException if the bindings are unknown now
   */
  void bind(Collection<Channel> channels) throws IOException;

  /**
   * Waits until publications of every live node are routed here by everything that was bound so
   * far. Does nothing where the broker's answer to the bind proves that.
   *
   * @throws UnconfirmedException if a live node has not confirmed in time; what was bound stays
   *     bound
   * @throws IOException if the target is lost meanwhile
   */
  default void settle() throws IOException, UnconfirmedException {}

  /**
   * Unbinds channels that are bound.
   *
   * @param channels at least one
   * @throws IOException if the bindings are unknown now
   */
  void unbind(Collection<Channel> channels) throws IOException;

  /** Gives the target up, after one of the above has failed: the bindings are unknown now. */
  void lose(String reason);
}
