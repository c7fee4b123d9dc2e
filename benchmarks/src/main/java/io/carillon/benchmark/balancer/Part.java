package io.carillon.benchmark.balancer;

/** Something that ends with its scene. */
interface Part extends AutoCloseable {

  @Override
  void close();
}
