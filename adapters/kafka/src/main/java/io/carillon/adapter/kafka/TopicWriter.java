package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.NotSentException;
import io.carillon.broker.PublishOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to one topic, with a producer of its own. The producer numbers its records, so
 * that its retries write none twice and none out of order; it gives a record up before the kit
 * does. Safe for use by many threads. Outcomes come on the producer's thread, or at once.
 */
final class TopicWriter {

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Consumer<String> lost;

  /**
   * @param producer this writer's own; {@link #close} closes it
   * @param lost receives the reason if the producer can't be used any more
   */
  TopicWriter(String topic, Producer<byte[], byte[]> producer, Consumer<String> lost) {
    this.topic = topic;
    this.producer = producer;
    this.lost = lost;
  }

  /** Waits until the producer knows where the topic is, so that no publication waits for that. */
  void warmUp() {
    producer.partitionsFor(topic);
  }

  /**
   * Sends a record. Waits while the producer has no room, for a bounded time.
   *
   * @param outcome receives the outcome, once
   * @throws NotSentException if the producer has not taken the record
   */
  void send(
      int partition,
      byte[] key,
      byte[] value,
      List<Header> headers,
      Consumer<PublishOutcome> outcome)
      throws NotSentException {
    try {
      producer.send(
          new ProducerRecord<>(topic, partition, null, key, value, headers),
          new Attempt(Thread.currentThread(), outcome));
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      throw new NotSentException(e);
    } catch (KafkaException | IllegalStateException e) {
      throw new NotSentException(e);
    }
  }

  /** Gives up what is not written yet. */
  void close() {
    producer.close(Duration.ZERO);
  }

  /**
   * One record on its way. The producer reports a record that it does not take on the thread that
   * sends it, and every other outcome on its own thread.
   */
  private final class Attempt implements Callback {

    private final Thread sender;
    private final Consumer<PublishOutcome> outcome;

    Attempt(Thread sender, Consumer<PublishOutcome> outcome) {
      this.sender = sender;
      this.outcome = outcome;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata written, @Nullable Exception failure) {
      if (failure != null && Thread.currentThread().equals(sender)) {
        outcome.accept(SendOutcome.notTaken(failure));
      } else {
        outcome.accept(SendOutcome.answered(failure));
      }
      if (failure != null && SendOutcome.isFatal(failure)) {
        lost.accept(Failures.reason(failure));
      }
    }
  }
}
