package io.carillon.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The queue's bound is 4,000 bytes here, and every delivery weighs 1,000. Looking at the clock
 * makes time pass, so that a wait ends without anybody sleeping.
 */
@Timeout(30)
class ShardQueueTest {

  private static final int ROOM = 4;
  private static final int WEIGHT = 1000;
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ManualClock clock = new ManualClock();
  private final List<Gap> gaps = new ArrayList<>();
  private int looks;
  private Runnable duringWait = () -> {};

  private final ShardQueue queue =
      queue(
          () -> {
            looks++;
            clock.advance(LOOK);
            duringWait.run();
            return clock.getAsLong();
          });

  private ShardQueue queue(LongSupplier nanoClock) {
    HubConfig config =
        new HubConfig(1, Duration.ofSeconds(5), Duration.ZERO, (long) ROOM * WEIGHT, WAIT);
    return new ShardQueue(config, nanoClock, clock, gaps::add, () -> {});
  }

  @Test
  void handsDeliveriesOverInTheirOrder() {
    Delivery first = delivery("a");
    Delivery second = delivery("b");
    assertThat(queue.isEmpty()).isTrue();
    queue.offer(first);
    queue.offer(second);
    assertThat(queue.isEmpty()).isFalse();
    assertThat(queue.poll()).isSameAs(first);
    assertThat(queue.poll()).isSameAs(second);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void takesAsManyBytesAsItsBoundWithoutWaiting() {
    fill();
    assertThat(looks).isZero();
    assertThat(polled()).isEqualTo(ROOM);
  }

  @Test
  void waitsItsTimeAndThenDrops() {
    fill();
    Instant before = clock.instant();
    assertThat(queue.offer(delivery("lost"))).isFalse();
    assertThat(Duration.between(before, clock.instant())).isGreaterThanOrEqualTo(WAIT);
    assertThat(polled()).isEqualTo(ROOM);
  }

  @Test
  void takesADeliveryWhoseRoomComesFreeWhileItWaits() {
    fill();
    duringWait =
        () -> {
          if (looks == 3) {
            assertThat(queue.poll()).isNotNull();
          }
        };
    assertThat(queue.offer(delivery("late"))).isTrue();
    assertThat(polled()).isEqualTo(ROOM);
    assertThat(gaps).isEmpty();
  }

  @Test
  void doesNotWaitWhileItLoses() {
    fill();
    queue.offer(delivery("lost"));
    int looksBefore = looks;
    for (int i = 0; i < 1000; i++) {
      assertThat(queue.offer(delivery("lost"))).isFalse();
    }
    assertThat(looks).isEqualTo(looksBefore);
  }

  @Test
  void losesAtOnceWhatMustNotWait() {
    fill();
    assertThat(queue.offerAtOnce(delivery("lost"))).isFalse();
    assertThat(looks).isZero();
    assertThat(polled()).isEqualTo(ROOM);
    assertThat(gaps).hasSize(1);
    assertThat(queue.offerAtOnce(delivery("taken"))).isTrue();
    assertThat(polled()).isOne();
  }

  @Test
  void losesUntilHalfOfItIsFreeAndThenReportsOneGap() {
    fill();
    queue.offer(delivery("a"));
    Instant from = clock.instant();
    queue.offer(delivery("b"));
    queue.offer(delivery("a"));
    queue.poll();
    assertThat(queue.offer(delivery("c"))).as("room for one, but it still loses").isFalse();
    assertThat(gaps).isEmpty();

    clock.advance(Duration.ofSeconds(3));
    queue.poll();
    assertThat(gaps)
        .containsExactly(
            new Gap(
                "an event loop fell behind",
                Set.of(Channel.ofTopic("a"), Channel.ofTopic("b"), Channel.ofTopic("c")),
                from,
                clock.instant()));
    assertThat(queue.offer(delivery("d"))).isTrue();
    assertThat(polled()).isEqualTo(3);
    assertThat(gaps).hasSize(1);
  }

  @Test
  void reportsEveryLossByItself() {
    for (String channel : List.of("first", "second")) {
      fill();
      queue.offer(delivery(channel));
      polled();
    }
    assertThat(gaps)
        .extracting(Gap::channels)
        .containsExactly(Set.of(Channel.ofTopic("first")), Set.of(Channel.ofTopic("second")));
  }

  @Test
  void namesNoChannelsWhenTooManyLost() {
    fill();
    for (int i = 0; i < 1000; i++) {
      queue.offer(delivery("t" + i));
    }
    polled();
    assertThat(gaps.getLast().channels()).hasSize(1000);

    fill();
    for (int i = 0; i < 1001; i++) {
      queue.offer(delivery("t" + i));
    }
    polled();
    assertThat(gaps.getLast().channels()).as("any").isEmpty();
  }

  @Test
  void passesADeliveryLargerThanItsBoundWhenItIsAlone() {
    Delivery huge = delivery("huge", 100 * WEIGHT);
    assertThat(queue.offer(huge)).isTrue();
    assertThat(queue.offer(delivery("behind"))).isFalse();
    assertThat(queue.poll()).isSameAs(huge);
    assertThat(gaps).hasSize(1);
    assertThat(queue.offer(delivery("behind"))).isTrue();
  }

  @Test
  void loopNeverWaitsForAProducerThatDoes() throws Exception {
    ShardQueue real = queue(clock); // Time stands still: only a poll can end the wait.
    for (int i = 0; i < ROOM; i++) {
      real.offer(delivery("t"));
    }
    FutureTask<Boolean> offer = new FutureTask<>(() -> real.offer(delivery("late")));
    Thread producer = Thread.ofPlatform().daemon().start(offer);
    while (producer.isAlive() && producer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(real.poll()).isNotNull();
    assertThat(offer.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private void fill() {
    for (int i = 0; i < ROOM; i++) {
      assertThat(queue.offer(delivery("t"))).isTrue();
    }
  }

  private int polled() {
    int count = 0;
    while (queue.poll() != null) {
      count++;
    }
    return count;
  }

  private static Delivery delivery(String topic) {
    return delivery(topic, WEIGHT);
  }

  private static Delivery delivery(String topic, int weight) {
    int overhead = Delivery.of(publication(topic, 0)).weight();
    return Delivery.of(publication(topic, weight - overhead));
  }

  private static Publication publication(String topic, int size) {
    return new Publication(
        new MessageId(new Incarnation(1, 2), 1),
        Channel.ofTopic(topic),
        "",
        Payload.of(Payload.Type.BINARY, new byte[size]),
        "",
        "",
        0,
        null);
  }
}
