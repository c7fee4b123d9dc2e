package io.carillon.adapter.kafka;

import io.carillon.testkit.OutageContract;
import io.carillon.testkit.OutageFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/**
 * Kafka goes away and comes back as the contract asks. The tests take minutes, because its clients
 * wait for timeouts of seconds; {@link KafkaDrillIT} is the drill of every run.
 */
@Tag("matrix")
final class KafkaOutageIT extends OutageContract {

  /** One broker for all tests, since it takes seconds to start. */
  private static @Nullable RelayedKafka kafka;

  @Override
  protected OutageFixture newCluster() {
    RelayedKafka running = kafka;
    if (running == null) {
      running = new RelayedKafka();
      kafka = running;
    }
    return new OutageKafka(running);
  }

  @AfterAll
  static void stop() {
    if (kafka != null) {
      kafka.server().close();
      kafka = null;
    }
  }
}
