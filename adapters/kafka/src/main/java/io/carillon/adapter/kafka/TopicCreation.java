package io.carillon.adapter.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How a node creates a topic that is not there.
 *
 * @param partitions how many partitions the topics for publications and for bulk messages have
 * @param replicas how many brokers keep each partition; empty for the cluster's own default
 * @param retention how long Kafka keeps records
 */
public record TopicCreation(int partitions, OptionalInt replicas, Duration retention) {

  public static final TopicCreation DEFAULT =
      new TopicCreation(12, OptionalInt.empty(), Duration.ofMinutes(10));

  /** Kafka deletes whole segments, so they must be closed soon. */
  private static final Duration SEGMENT = Duration.ofMinutes(2);

  private static final int SEGMENT_BYTES = 64 << 20;

  public TopicCreation {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions + " (expected: at least 1)");
    }
    if (retention.toMillis() < 1) {
      throw new IllegalArgumentException("retention: " + retention + " (expected: at least 1 ms)");
    }
  }

  private int partitions(String topic, Topics topics) {
    return topic.equals(topics.control()) ? 1 : partitions;
  }

  /** The topic as a request to create it has it. */
  NewTopic request(String topic, Topics topics) {
    Optional<Short> copies =
        replicas.isEmpty() ? Optional.empty() : Optional.of((short) replicas.getAsInt());
    return new NewTopic(topic, Optional.of(partitions(topic, topics)), copies).configs(settings());
  }

  /** The command by which an operator creates the topic. */
  String command(String topic, Topics topics, String bootstrap) {
    StringBuilder command =
        new StringBuilder("kafka-topics.sh --bootstrap-server ")
            .append(bootstrap)
            .append(" --create --topic ")
            .append(topic)
            .append(" --partitions ")
            .append(partitions(topic, topics));
    replicas.ifPresent(count -> command.append(" --replication-factor ").append(count));
    settings().forEach((key, value) -> command.append(" --config ").append(key + "=" + value));
    return command.toString();
  }

  /** Kafka's own clock dates the records, so that looking for a time does not depend on nodes. */
  private Map<String, String> settings() {
    long millis = retention.toMillis();
    return new TreeMap<>(
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(millis),
            TopicConfig.SEGMENT_MS_CONFIG,
            Long.toString(Math.min(millis, SEGMENT.toMillis())),
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(SEGMENT_BYTES),
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime"));
  }
}
