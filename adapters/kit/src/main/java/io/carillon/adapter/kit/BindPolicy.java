package io.carillon.adapter.kit;

import java.io.IOException;

/**
 * How a {@link Binder} goes from what is bound to what is desired. {@link ExactPolicy} binds each
 * channel by itself. Another policy may bind more at times, if single bindings cost a broker too
 * much. Called only on the binder's thread.
 *
 * @param <T> the target that this policy can bind to
 */
public interface BindPolicy<T extends BindTarget> {

  /**
   * Routes all desired channels to a new target, to which nothing is bound yet.
   *
   * @throws IOException when that fails; the target is given up
   */
  void restore(T target, ExactBindings bindings) throws IOException;

  /**
   * Takes one step towards the desired channels, and answers the calls whose channels are all
   * bound. A step is short, so that a large call delays a small one by one step only. Unbinds of
   * single channels follow each turn by themselves; so does the next turn while a call waits.
   *
   * @throws IOException if the step fails; the target is given up
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
