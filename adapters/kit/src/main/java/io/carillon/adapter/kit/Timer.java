package io.carillon.adapter.kit;

/** Runs a task once, later, on any thread. */
public interface Timer {

  /**
   * @param nanos how long to wait, in nanoseconds
   */
  void after(long nanos, Runnable task);
}
