package io.carillon.adapter.rabbitmq;

import static io.carillon.adapter.rabbitmq.FakeBindTarget.topics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.message.Channel;
import io.carillon.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One binding for everything, and the way there and back. */
@Timeout(20)
final class BinderWideTest {

  private static final WideLimits LIMITS = new WideLimits(10, 4, 20, Duration.ofMinutes(1));

  private final ManualClock clock = new ManualClock();
  private final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();
  private final Binder binder = new Binder(LIMITS, clock, (nanos, task) -> timers.add(task));
  private final FakeBindTarget queue = new FakeBindTarget();

  @BeforeEach
  void attach() {
    binder.restore(queue).join();
    binder.open();
  }

  @AfterEach
  void close() throws InterruptedException {
    queue.gate.countDown();
    binder.close();
    binder.join(Duration.ofSeconds(5));
  }

  @Test
  void bindsWideAboveTheLimitAndNoLongerExactly() {
    subscribe(0, 10);
    subscribe(10, 15);

    assertThat(queue.commands.stream().filter(c -> c.endsWith("#"))).containsExactly("bind #");
    assertThat(queue.bound()).contains("#", "key-9").doesNotContain("key-10", "key-14");
  }

  @Test
  void acknowledgesNobodyBeforeTheWideBindingIsAnswered() {
    queue.hold();
    CompletableFuture<Void> subscribed = binder.subscribe(keys(0, 15));
    queue.awaitCommand("bind #");
    assertThat(subscribed).isNotDone();

    queue.gate.countDown();
    subscribed.join();
  }

  @Test
  void staysWideUntilThereAreClearlyFewer() {
    subscribe(0, 15);
    clock.advance(Duration.ofMinutes(2));
    unsubscribe(4, 15);
    fence();
    assertThat(queue.bound()).contains("#");

    unsubscribe(2, 4);
    awaitNarrow(0, 2);
  }

  @Test
  void switchesAtMostOnceAMinute() {
    subscribe(0, 15);
    unsubscribe(2, 15);
    fence();
    assertThat(queue.bound()).contains("#");

    clock.advance(Duration.ofMinutes(1));
    awaitNarrow(0, 2);

    subscribe(2, 15);
    assertThat(queue.bound()).doesNotContain("#").containsAll(FakeBindTarget.names(keys(0, 15)));
  }

  @Test
  void aBurstIsWideUntilItsKeysAreBound() {
    binder.subscribe(topics("one")).join();
    queue.hold();
    CompletableFuture<Void> first = binder.subscribe(topics("two"));
    queue.awaitCommand("bind two");
    List<CompletableFuture<Void>> burst =
        IntStream.range(0, 30).mapToObj(i -> binder.subscribe(topics("key-" + i % 8))).toList();
    queue.gate.countDown();

    first.join();
    burst.forEach(CompletableFuture::join);
    assertThat(queue.bound()).contains("#");
    clock.advance(Duration.ofMinutes(1));
    awaitNarrow(0, 8);
    assertThat(queue.bound()).hasSize(10);
  }

  /** The wide binding goes only when every wanted key is bound, those that come meanwhile too. */
  @Test
  void whoComesDuringTheNarrowingIsBoundBeforeOrAfterIt() {
    subscribe(0, 15);
    unsubscribe(3, 15);
    clock.advance(Duration.ofMinutes(1));
    queue.hold();
    CompletableFuture<Void> trigger = binder.unsubscribe(topics("none"));
    queue.awaitCommand("bind key-2");
    CompletableFuture<Void> during = binder.subscribe(topics("during"));
    queue.gate.countDown();
    trigger.join();
    during.join();

    await().until(() -> !queue.bound().contains("#"));
    List<String> commands = List.copyOf(queue.commands);
    assertThat(commands.indexOf("bind during")).isLessThan(commands.indexOf("unbind #"));

    queue.hold();
    CompletableFuture<Void> after = binder.subscribe(topics("after"));
    queue.awaitCommand("bind after");
    assertThat(after).isNotDone();
    queue.gate.countDown();
    after.join();
  }

  @Test
  void leavingWhileWideLeavesNoExactBindingBehind() {
    subscribe(0, 10);
    subscribe(10, 15);
    unsubscribe(0, 15);
    clock.advance(Duration.ofMinutes(1));
    fence();

    await().untilAsserted(() -> assertThat(queue.bound()).containsExactly("fence"));
  }

  @Test
  void aNewConnectionIsWideAtOnceAndExactAgainWithoutDelay() {
    subscribe(0, 9);
    binder.detach();
    FakeBindTarget next = new FakeBindTarget();
    assertThat(binder.restore(next).join()).isEqualTo(9);
    assertThat(next.commands.peek()).isEqualTo("bind #");

    await().untilAsserted(() -> assertThat(next.bound()).hasSize(9).doesNotContain("#"));
    binder.open();
  }

  @Test
  void aCrowdedNewConnectionStaysWide() {
    subscribe(0, 15);
    binder.detach();
    FakeBindTarget next = new FakeBindTarget();
    binder.restore(next).join();
    binder.open();
    binder.subscribe(topics("fence")).join();

    assertThat(next.commands).containsExactly("bind #");
  }

  private void subscribe(int from, int to) {
    binder.subscribe(keys(from, to)).join();
  }

  private void unsubscribe(int from, int to) {
    binder.unsubscribe(keys(from, to)).join();
  }

  /** What was asked for before has been looked at. */
  private void fence() {
    binder.subscribe(topics("fence")).join();
    binder.unsubscribe(topics("fence")).join();
    binder.subscribe(topics("fence")).join();
  }

  /** Timers that are due run meanwhile, whether they were set before or after the clock moved. */
  private void awaitNarrow(int from, int to) {
    await()
        .untilAsserted(
            () -> {
              for (Runnable due = timers.poll(); due != null; due = timers.poll()) {
                due.run();
              }
              assertThat(queue.bound())
                  .doesNotContain("#")
                  .containsAll(FakeBindTarget.names(keys(from, to)));
            });
  }

  private static List<Channel> keys(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> Channel.ofTopic("key-" + i)).toList();
  }
}
