package io.carillon.adapter.kafka;

import io.carillon.adapter.kafka.StartOffsets.Extent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the partitions of a topic go, as the brokers say.
 *
 * @param ends the offset behind the last record of each partition
 * @param all the extent of each partition, by its number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Extents(Map<TopicPartition, Long> ends, Extent[] all) {

  /**
   * Asks the brokers. Blocks.
   *
   * @param partitions all partitions of a topic, by their numbers
   * @param bound records from this time on are young enough to be read after an outage
   */
  static Extents ask(Consumer<?, ?> consumer, List<TopicPartition> partitions, Instant bound) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, OffsetAndTimestamp> recent =
        consumer.offsetsForTimes(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), p -> bound.toEpochMilli())));
    Extent[] all = new Extent[partitions.size()];
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      OffsetAndTimestamp first = recent.get(partition);
      all[partition.partition()] =
          new Extent(begins.getOrDefault(partition, 0L), end, first == null ? end : first.offset());
    }
    return new Extents(ends, all);
  }
}
