package io.carillon.benchmark.balancer;

import java.io.IOException;

/** A balancer in front of the nodes. */
interface Balancer extends Part {

  /** Where clients connect, on 127.0.0.1. */
  int port();

  /** Reads the configuration anew, as an operator's reload does. */
  void reload() throws IOException, InterruptedException;

  /** SIGKILL for all of its processes. */
  void kill();
}
