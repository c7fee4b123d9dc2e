package io.carillon.conformance.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client of ours hears before it says anything. */
@Tag("any-broker")
class GreetingIT extends GreetingContract {

  @RegisterExtension static final Cluster cluster = Cluster.of(1);

  @Override
  protected Cluster cluster() {
    return cluster;
  }

  @Test
  void refusesANameOfMoreThan256Bytes() {
    cluster.join(1, "ö".repeat(128));

    try (RawClient longName = cluster.dial(1)) {
      longName.send(RawClient.handshake("/?name=" + "x".repeat(257)));
      assertThat(longName.readHead()).startsWith("HTTP/1.1 400 ");
    }
  }
}
