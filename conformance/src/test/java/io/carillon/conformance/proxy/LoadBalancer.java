package io.carillon.conformance.proxy;

import java.net.URI;

/** A balancer that runs. */
public interface LoadBalancer extends AutoCloseable {

  /** Where clients connect. */
  URI url();

  @Override
  void close();
}
