package io.carillon.conformance;

import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client of ours hears before it says anything. */
class GreetingIT extends GreetingContract {

  @RegisterExtension static final Cluster cluster = Cluster.of(1);

  @Override
  Cluster cluster() {
    return cluster;
  }
}
