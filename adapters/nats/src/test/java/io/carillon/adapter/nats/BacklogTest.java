package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** When the reader handles messages, and when they wait. */
final class BacklogTest {

  private final List<String> handled = new ArrayList<>();
  private final Queue<Runnable> executor = new ArrayDeque<>();
  private Duration pace = Duration.ZERO;
  private long now;
  private final Backlog backlog =
      new Backlog(new Backlog.Limits(3, 100), executor::add, () -> now, this::handle);

  /** Runs once, while the next message is handled. */
  private Runnable during = () -> {};

  /** Whether the handler was called inside another call of it. */
  private boolean offeredInside;

  private boolean handling;

  private void handle(Message message) {
    offeredInside |= handling;
    handling = true;
    Runnable once = during;
    during = () -> {};
    once.run();
    now += pace.toNanos();
    handled.add(new String(message.getData(), StandardCharsets.UTF_8));
    handling = false;
  }

  private boolean offer(String text) {
    return backlog.offer(
        NatsMessage.builder().subject("s").data(text, StandardCharsets.UTF_8).build());
  }

  private void fallBehind() {
    pace = Backlog.SLOW.plusMillis(1);
    assertThat(offer("slow")).isTrue();
    handled.clear();
  }

  @Test
  void theReaderHandlesMessagesItself() {
    assertThat(offer("a")).isFalse();
    assertThat(offer("b")).isFalse();

    assertThat(handled).containsExactly("a", "b");
    assertThat(executor).isEmpty();
  }

  @Test
  void messagesBehindASlowOneWait() {
    fallBehind();

    assertThat(offer("a")).isFalse();
    assertThat(offer("b")).isFalse();

    assertThat(handled).isEmpty();
    assertThat(executor).hasSize(1);
    executor.remove().run();
    assertThat(handled).containsExactly("a", "b");
  }

  @Test
  void theReaderGoesOnWhenNothingWaits() {
    fallBehind();
    offer("a");
    executor.remove().run();

    offer("b");

    assertThat(handled).containsExactly("a", "b");
    assertThat(executor).isEmpty();
  }

  @Test
  void aMessageWaitsWhileAnotherIsHandled() {
    fallBehind();
    offer("a");
    during = () -> offer("b");

    executor.remove().run();

    assertThat(handled).containsExactly("a", "b");
    assertThat(offeredInside).isFalse();
  }

  @Test
  void messagesBeyondTheLimitsAreDroppedAndCounted() {
    fallBehind();
    for (String text : List.of("a", "b", "c", "d", "e")) {
      offer(text);
    }

    assertThat(backlog.dropped()).isEqualTo(2);
    executor.remove().run();
    assertThat(handled).containsExactly("a", "b", "c");
    offer("f");
    assertThat(handled).endsWith("f");
  }

  @Test
  void bytesAreLimitedToo() {
    fallBehind();
    offer("x".repeat(99));
    offer("y");

    assertThat(backlog.dropped()).isEqualTo(1);
  }

  @Test
  void whatWasHandledMakesRoom() {
    for (int round = 0; round < 3; round++) {
      fallBehind();
      offer("x".repeat(99));
      executor.remove().run();
      assertThat(handled).hasSize(1);
    }

    assertThat(backlog.dropped()).isZero();
  }
}
