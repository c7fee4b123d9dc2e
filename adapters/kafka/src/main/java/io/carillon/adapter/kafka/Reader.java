package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Vendor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads partitions of one topic on a thread of its own, from offsets that are set before, and asks
 * the brokers now and then whether it hears everything ({@link EndWatch}). It belongs to no
 * consumer group. Owned by a {@link KafkaLink}; it ends when the link is lost.
 *
 * <p>The handler may block: Kafka keeps what is not read.
 */
final class Reader {

  /** How many records the client hands over at a time. */
  static final int MAX_POLL = 500;

  private static final Logger log = LoggerFactory.getLogger(Reader.class);

  /** A wait for records ends after this time, so that it is time for a question soon enough. */
  private static final Duration POLL = Duration.ofMillis(500);

  /**
   * How long the thread waits for an answer of a broker. A fetch that waits for records comes
   * before the question on the same connection.
   */
  private static final Duration ANSWER = Duration.ofSeconds(1);

  private final Consumer<ByteBuffer, ByteBuffer> consumer;
  private final List<TopicPartition> partitions;
  private final Handler handler;
  private final EndWatch watch;
  private final Vendor vendor;
  private final InstantSource clock;
  private final CompletableFuture<String> lost;
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  /** The ends that have to be reached; empty when they are. On the reading thread. */
  private Map<TopicPartition, Long> goals = Map.of();

  /** Takes records. */
  interface Handler {

    /** Takes one record, in the order of its partition. */
    void handle(ConsumerRecord<ByteBuffer, ByteBuffer> record);

    /** The offsets at which the reader stands mean nothing any more. */
    default void forget() {}
  }

  /**
   * @param consumer assigned to the partitions and standing where to begin; this reader closes it
   * @param lost completes when the link is lost; this reader completes it when it can't go on
   */
  Reader(
      Consumer<ByteBuffer, ByteBuffer> consumer,
      List<TopicPartition> partitions,
      Handler handler,
      EndWatch watch,
      Vendor vendor,
      InstantSource clock,
      CompletableFuture<String> lost) {
    this.consumer = consumer;
    this.partitions = List.copyOf(partitions);
    this.handler = handler;
    this.watch = watch;
    this.vendor = vendor;
    this.clock = clock;
    this.lost = lost;
  }

  /** The bytes of a record; none if it has no value. */
  static byte[] bytes(@Nullable ByteBuffer value) {
    byte[] bytes = new byte[value == null ? 0 : value.remaining()];
    if (value != null) {
      value.get(value.position(), bytes);
    }
    return bytes;
  }

  /**
   * Begins to read.
   *
   * @param ends the ends that have to be reached until this reader has caught up
   */
  void begin(ThreadFactory threads, Map<TopicPartition, Long> ends) {
    if (begun.compareAndSet(false, true)) {
      goals = new HashMap<>(ends);
      var _ = lost.thenRun(consumer::wakeup);
      threads.newThread(this::run).start();
    }
  }

  /** Completes when the ends that were given are reached. */
  CompletableFuture<Void> caughtUp() {
    return caughtUp;
  }

  /** See {@link EndWatch#wholeAt}. */
  EndWatch watch() {
    return watch;
  }

  /**
   * Waits until nothing more is handled, after the link is lost; false if that takes too long. A
   * reader that has never begun ends here.
   */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    if (begun.compareAndSet(false, true)) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      ended.complete(null);
    }
    try {
      ended.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException busy) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("ending never fails", e);
    }
  }

  private void run() {
    try {
      while (!lost.isDone()) {
        reachGoals();
        read();
        if (watch.isDue()) {
          look();
        }
      }
    } catch (WakeupException woken) {
      // The link is lost.
    } catch (OffsetOutOfRangeException e) {
      handler.forget();
      lost.complete("the topic no longer has the records that follow: " + vendor.reason(e));
    } catch (KafkaException e) {
      lost.complete(vendor.reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("Reading from {} failed, so the connection is made anew", vendor.name(), bug);
      lost.complete(Vendor.unexpected(bug));
    } finally {
      ended.complete(null);
      closeQuietly();
    }
  }

  private void closeQuietly() {
    try {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    } catch (RuntimeException e) {
      log.debug("A consumer was not closed cleanly", e);
    }
  }

  private void read() {
    ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(POLL);
    if (records.count() < MAX_POLL) {
      watch.drained();
    }
    for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
      if (lost.isDone()) {
        return;
      }
      handler.handle(record);
    }
  }

  private void reachGoals() {
    if (!goals.isEmpty()) {
      goals.entrySet().removeIf(goal -> position(goal.getKey()) >= goal.getValue());
    }
    if (goals.isEmpty()) {
      caughtUp.complete(null);
    }
  }

  private long position(TopicPartition partition) {
    return consumer.position(partition, ANSWER);
  }

  private void look() {
    watch.asking();
    try {
      Instant at = clock.instant();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
      Map<TopicPartition, Long> positions = new HashMap<>();
      partitions.forEach(partition -> positions.put(partition, position(partition)));
      conclude(watch.answered(at, ends, positions));
    } catch (RetriableException e) {
      watch.unanswered().ifPresent(lost::complete);
    }
  }

  private void conclude(EndWatch.Verdict verdict) {
    switch (verdict) {
      case FINE -> {}
      case DEAF -> lost.complete("it no longer sends the records that it has");
      case SHORTER -> {
        handler.forget();
        lost.complete("a topic was created again");
      }
    }
  }
}
