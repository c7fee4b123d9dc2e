package io.carillon.adapter.kit;

import java.io.IOException;

/**
 * How a {@link Binder} goes from what is bound to what is desired. {@link ExactPolicy} binds each
 * channel by itself. Another one may bind more at times, where single bindings cost a broker too
 * much. Called on the binder's thread alone.
 *
 * @param <T> what this policy can bind to
 */
public interface BindPolicy<T extends BindTarget> {

  /**
   * Routes all desired channels to a new target, to which nothing is bound yet.
   *
   * @throws IOException when that fails; the target is given up
   */
  void restore(T target, ExactBindings bindings) throws IOException;

  /**
   * Goes one step towards what is desired, and answers the calls for which that is enough. Short,
   * so that a large call delays a small one by one step only. Unbinds of single channels follow
   * each turn by themselves; so does the next turn while a call waits.
   *
   * @throws IOException when that fails; the target is given up
   */
  void turn(T target, ExactBindings bindings, Turns turns) throws IOException;

  /** The target is lost, and everything that was bound to it. */
  void lost();

  /** Asks for further turns, also while no call waits. */
  interface Turns {

    /** One more, soon. */
    void again();

    /**
     * One more, later. Ignored while one is planned.
     *
     * @param nanos how long to wait, in nanoseconds
     */
    void later(long nanos);
  }
}
