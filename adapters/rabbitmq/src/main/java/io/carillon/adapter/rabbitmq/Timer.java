package io.carillon.adapter.rabbitmq;

/** Runs a task once, later, on any thread. */
interface Timer {

  /**
   * @param nanos how long to wait, in nanoseconds
   */
  void after(long nanos, Runnable task);
}
