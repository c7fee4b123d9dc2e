package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.adapter.kit.PublishLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Kafka's clients are told, as far as a promise of the node depends on it. */
final class ClientPropertiesTest {

  private static final int RECORD = 1 << 20;

  private final ClientProperties properties =
      new ClientProperties(KafkaConfig.of(KafkaAddress.parse("kafka://h"), "cluster", "node-1"));

  @Test
  void aRecordIsAcceptedByAllReplicasInSyncAndIsNotWrittenTwice() {
    Map<String, Object> producer = properties.producer("publications-out", RECORD);

    assertThat(producer).containsEntry("acks", "all").containsEntry("enable.idempotence", true);
  }

  @Test
  void aRecordExpiresBeforeTheNodeGivesItsPublicationUp() {
    int most = (int) PublishLimits.DEFAULT.timeout().toMillis() - 1_000;

    assertThat(properties.producer("out", RECORD))
        .hasEntrySatisfying(
            "delivery.timeout.ms", expiry -> assertThat((Integer) expiry).isBetween(1, most));
  }

  @Test
  void aConsumerNeverMovesToAnotherOffsetByItself() {
    assertThat(properties.consumer("in"))
        .containsEntry("auto.offset.reset", "none")
        .containsEntry("enable.auto.commit", false)
        .doesNotContainKey("group.id");
  }

  @Test
  void noClientCreatesATopic() {
    assertThat(properties.consumer("in")).containsEntry("allow.auto.create.topics", false);
  }
}
