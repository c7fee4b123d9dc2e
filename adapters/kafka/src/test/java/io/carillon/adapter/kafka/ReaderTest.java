package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader's thread, with a consumer that has no broker. */
@Timeout(20)
final class ReaderTest {

  private static final TopicPartition ONE = new TopicPartition("t", 0);

  /** The time passes faster than the test, so that questions are due soon. */
  private final AtomicLong nanos = new AtomicLong();

  private final MockConsumer<ByteBuffer, ByteBuffer> consumer = new MockConsumer<>("none");
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final Handled handled = new Handled();
  private final Reader reader =
      new Reader(
          consumer,
          List.of(ONE),
          handled,
          new EndWatch(() -> nanos.addAndGet(Duration.ofMillis(50).toNanos()), Instant.EPOCH),
          new Kafka(KafkaConfig.of(KafkaAddress.parse("kafka://h"), "cluster", "node-1")),
          InstantSource.system(),
          lost);

  ReaderTest() {
    consumer.assign(List.of(ONE));
    consumer.updateBeginningOffsets(Map.of(ONE, 0L));
    consumer.updateEndOffsets(Map.of(ONE, 3L));
    consumer.seek(ONE, 3);
  }

  @AfterEach
  void close() throws Exception {
    lost.complete("the test ends");
    assertThat(reader.awaitEnd(Duration.ofSeconds(5))).isTrue();
  }

  private void begin(long goal) {
    reader.begin(Thread.ofPlatform().daemon().factory(), Map.of(ONE, goal));
  }

  /** Waits for the reason for which the link is lost. */
  private String loss() {
    await().until(lost::isDone);
    return lost.join();
  }

  private void arrive(long offset) {
    consumer.schedulePollTask(
        () -> {
          consumer.updateEndOffsets(Map.of(ONE, offset + 1));
          consumer.addRecord(new ConsumerRecord<>("t", 0, offset, null, ByteBuffer.allocate(0)));
        });
  }

  @Test
  void hasCaughtUpWhenItHasHandledWhatWasThere() {
    begin(5);
    arrive(3);
    await().until(() -> handled.offsets.size() == 1);
    assertThat(reader.caughtUp()).isNotDone();

    arrive(4);
    await().until(() -> reader.caughtUp().isDone());
    assertThat(handled.offsets).containsExactly(3L, 4L);
    assertThat(lost).isNotDone();
  }

  @Test
  void recordsThatKafkaHasDeletedCostTheLinkAndTheOffsets() {
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(ONE, 3L)));
    begin(3);

    assertThat(loss()).startsWith("the topic no longer has the records that follow");
    await().until(() -> handled.forgotten);
  }

  @Test
  void aTopicThatIsShorterThanWhatWasReadCostsTheLinkAndTheOffsets() {
    consumer.updateEndOffsets(Map.of(ONE, 1L));
    begin(0);

    assertThat(loss()).isEqualTo("a topic was created again");
    assertThat(handled.forgotten).isTrue();
  }

  @Test
  void recordsThatKafkaHasAndDoesNotSendCostTheLinkAndNotTheOffsets() {
    consumer.updateEndOffsets(Map.of(ONE, 9L));
    begin(3);

    assertThat(loss()).isEqualTo("it no longer sends the records that it has");
    assertThat(handled.forgotten).isFalse();
  }

  @Test
  void nothingIsHandledAfterTheLinkIsLost() throws Exception {
    begin(3);
    lost.complete("cut");
    assertThat(reader.awaitEnd(Duration.ofSeconds(5))).isTrue();

    assertThat(handled.offsets).isEmpty();
    await().until(consumer::closed); // The link's end does not wait for that.
  }

  /** Notes what it is given. */
  private static final class Handled implements Reader.Handler {

    private final List<Long> offsets = new CopyOnWriteArrayList<>();
    private volatile boolean forgotten;

    @Override
    public void handle(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
      offsets.add(record.offset());
    }

    @Override
    public void forget() {
      forgotten = true;
    }
  }
}
