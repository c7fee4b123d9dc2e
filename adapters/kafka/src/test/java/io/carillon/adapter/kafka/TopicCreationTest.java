package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How topics are created that are not there. */
final class TopicCreationTest {

  private static final Topics TOPICS = Topics.of("chat");

  private static NewTopic request(TopicCreation creation) {
    return creation.request(TOPICS.publications(), TOPICS);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 2, 1", "3, 3, 2", "9, 3, 2"})
  void theNumberOfBrokersDecidesHowManyCopiesThereAreAndHowManyMustBeInSync(
      int brokers, short copies, String inSync) {
    NewTopic topic = request(TopicCreation.DEFAULT.on(brokers));

    assertThat(topic.replicationFactor()).isEqualTo(copies);
    assertThat(topic.configs()).containsEntry("min.insync.replicas", inSync);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "4, 2"})
  void aNumberOfCopiesThatIsGivenStays(int copies, String inSync) {
    TopicCreation given = new TopicCreation(6, OptionalInt.of(copies), Duration.ofMinutes(5));
    NewTopic topic = request(given.on(3));

    assertThat(topic.replicationFactor()).isEqualTo((short) copies);
    assertThat(topic.numPartitions()).isEqualTo(6);
    assertThat(topic.configs())
        .containsEntry("min.insync.replicas", inSync)
        .containsEntry("retention.ms", "300000");
  }

  @Test
  void controlMessagesHaveOnePartition() {
    NewTopic topic = TopicCreation.DEFAULT.on(3).request(TOPICS.control(), TOPICS);

    assertThat(topic.numPartitions()).isEqualTo(1);
    assertThat(topic.replicationFactor()).isEqualTo((short) 3);
  }

  @Test
  void theCommandForAnOperatorCreatesTheSameTopic() {
    assertThat(TopicCreation.DEFAULT.on(3).command(TOPICS.bulk(), TOPICS, "kafka-1:9092"))
        .startsWith(
            "kafka-topics.sh --bootstrap-server kafka-1:9092 --create --topic chat.v1.bulk"
                + " --partitions 12 --replication-factor 3")
        .contains(" --config min.insync.replicas=2")
        .contains(" --config segment.ms=120000");
  }
}
