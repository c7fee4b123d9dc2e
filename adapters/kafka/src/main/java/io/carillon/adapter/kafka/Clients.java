package io.carillon.adapter.kafka;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/** Makes the clients of a link. */
final class Clients {

  private final ClientProperties properties;

  Clients(ClientProperties properties) {
    this.properties = properties;
  }

  /** A consumer of these partitions that is in no group. Values are views, and are not copied. */
  Consumer<ByteBuffer, ByteBuffer> consumer(String task, List<TopicPartition> partitions) {
    Consumer<ByteBuffer, ByteBuffer> consumer =
        new KafkaConsumer<>(
            properties.consumer(task), new ByteBufferDeserializer(), new ByteBufferDeserializer());
    consumer.assign(partitions);
    return consumer;
  }

  /**
   * @param maxRecord the most bytes of a record
   */
  Producer<byte[], byte[]> producer(String task, int maxRecord) {
    return new KafkaProducer<>(
        properties.producer(task, maxRecord), new ByteArraySerializer(), new ByteArraySerializer());
  }
}
