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
 * @param replicas how many brokers keep each partition; empty where the number of brokers decides
 * @param retention how long Kafka keeps records
 */
public record TopicCreation(int partitions, OptionalInt replicas, Duration retention) {

  public static final TopicCreation DEFAULT =
      new TopicCreation(12, OptionalInt.empty(), Duration.ofMinutes(10));

  /** Kafka deletes whole segments, so they must be closed soon. */
  private static final Duration SEGMENT = Duration.ofMinutes(2);

  private static final int SEGMENT_BYTES = 64 << 20;

  /** With three copies a partition takes publications while one of its brokers is away. */
  private static final int USUAL_REPLICAS = 3;

  /** An accepted publication is on so many brokers, where there are enough of them. */
  private static final int SAFE_COPIES = 2;

  public TopicCreation {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions: " + partitions + " (expected: at least 1)");
    }
    if (retention.toMillis() < 1) {
      throw new IllegalArgumentException("retention: " + retention + " (expected: at least 1 ms)");
    }
  }

  /**
   * The same with a number of copies: three, or one for each broker where there are fewer. A number
   * that is given stays. Kafka's own default is one copy, which is gone with its broker.
   *
   * @param brokers how many brokers the cluster has
   */
  TopicCreation on(int brokers) {
    return replicas.isPresent()
        ? this
        : new TopicCreation(
            partitions, OptionalInt.of(Math.clamp(brokers, 1, USUAL_REPLICAS)), retention);
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

  /**
   * Kafka's own clock dates the records, so that looking for a time does not depend on nodes. A
   * partition takes publications while two copies are in sync, or one where it has fewer than
   * three.
   */
  private Map<String, String> settings() {
    long millis = retention.toMillis();
    Map<String, String> settings = new TreeMap<>();
    settings.putAll(
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
    replicas.ifPresent(
        count ->
            settings.put(
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(Math.clamp(count - 1L, 1, SAFE_COPIES))));
    return settings;
  }
}
