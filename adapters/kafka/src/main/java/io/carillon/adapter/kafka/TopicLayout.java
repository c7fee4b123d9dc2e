package io.carillon.adapter.kafka;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The topics as a new link has found them.
 *
 * @param publications the id of the topic of publications; a topic that is created again has
 *     another one
 * @param publicationPartitions how many partitions that topic has
 * @param bulkPartitions how many partitions the topic of bulk messages has
 * @param maxRecord the most bytes of a record that all topics accept
 */
record TopicLayout(
    Uuid publications, int publicationPartitions, int bulkPartitions, int maxRecord) {

  /** The partitions of a topic from 0 on. */
  static List<TopicPartition> partitions(String topic, int count) {
    return IntStream.range(0, count).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }
}
