package io.carillon.adapter.rabbitmq;

import static io.carillon.testkit.RecordedBinds.names;
import static io.carillon.testkit.RecordedBinds.topics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.carillon.adapter.kit.Binder;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Timer;
import io.carillon.broker.BrokerRefusedException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One binding for everything, and the way there and back. */
@Timeout(20)
final class WidePolicyTest {

  private static final WideLimits LIMITS = new WideLimits(10, 4, 20, Duration.ofMinutes(1));

  private final ManualClock clock = new ManualClock();
  private final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();
  private final WidePolicy policy = new WidePolicy(LIMITS, clock);
  private final Binder<WideTarget> binder = binder(policy, (nanos, task) -> timers.add(task));
  private final FakeWideTarget queue = new FakeWideTarget();

  @BeforeEach
  void attach() {
    binder.restore(queue).join();
    binder.open();
  }

  @AfterEach
  void close() throws InterruptedException {
    queue.release();
    binder.close();
    binder.join(Duration.ofSeconds(5));
  }

  @Test
  void bindsWideAboveTheLimitAndNoLongerExactly() {
    subscribe(0, 10);
    subscribe(10, 15);

    assertThat(queue.commands().stream().filter(c -> c.endsWith("#"))).containsExactly("bind #");
    assertThat(queue.bound()).contains("#", "key-9").doesNotContain("key-10", "key-14");
  }

  @Test
  void acknowledgesNobodyBeforeTheWideBindingIsAnswered() {
    queue.hold();
    CompletableFuture<Void> subscribed = binder.subscribe(keys(0, 15));
    queue.awaitCommand("bind #");
    assertThat(subscribed).isNotDone();

    queue.release();
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
    assertThat(queue.bound()).doesNotContain("#").containsAll(names(keys(0, 15)));

    clock.advance(Duration.ofMinutes(1));
    subscribe(15, 16);
    assertThat(queue.bound()).contains("#");
    unsubscribe(2, 16);
    fence();
    clock.advance(Duration.ofMinutes(1));
    awaitNarrow(0, 2);
    assertThat(policy.switches()).isEqualTo(4);
    assertThat(policy.isWide()).isFalse();
    assertThat(binder.stats().boundChannels()).isEqualTo(3);
  }

  @Test
  void aBurstIsWideUntilItsKeysAreBound() {
    binder.subscribe(topics("one")).join();
    queue.hold();
    CompletableFuture<Void> first = binder.subscribe(topics("two"));
    queue.awaitCommand("bind two");
    List<CompletableFuture<Void>> burst =
        IntStream.range(0, 30).mapToObj(i -> binder.subscribe(topics("key-" + i % 8))).toList();
    queue.release();

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
    queue.release();
    trigger.join();
    during.join();

    await().until(() -> !queue.bound().contains("#"));
    List<String> commands = List.copyOf(queue.commands());
    assertThat(commands.indexOf("bind during")).isLessThan(commands.indexOf("unbind #"));

    queue.hold();
    CompletableFuture<Void> after = binder.subscribe(topics("after"));
    queue.awaitCommand("bind after");
    assertThat(after).isNotDone();
    queue.release();
    after.join();
  }

  /** The unbind of the wide binding may be done before its answer is here. */
  @Test
  void whoComesWhileTheWideBindingGoesWaitsForABindOfHisOwn() {
    subscribe(0, 15);
    unsubscribe(3, 15);
    clock.advance(Duration.ofMinutes(1));
    queue.holdAt("unbind #");
    binder.unsubscribe(topics("none"));
    queue.awaitCommand("unbind #");
    CompletableFuture<Void> late = binder.subscribe(topics("late"));
    assertThat(late).isNotDone();
    queue.release();

    late.join();
    assertThat(queue.bound()).contains("late");
  }

  @Test
  void whoLeavesDuringTheNarrowingIsUnboundWhetherOrNotTheBindCameFirst() {
    subscribe(0, 15);
    unsubscribe(3, 15);
    clock.advance(Duration.ofMinutes(1));
    queue.holdAt("bind key-2");
    CompletableFuture<Void> trigger = binder.unsubscribe(topics("none"));
    queue.awaitCommand("bind key-2");
    CompletableFuture<Void> came = binder.subscribe(topics("brief"));
    CompletableFuture<Void> left = binder.unsubscribe(topics("brief", "key-1"));
    queue.release();

    CompletableFuture.allOf(trigger, came, left).join();
    await().until(() -> !queue.bound().contains("#"));
    assertThat(queue.bound()).containsExactlyInAnyOrder("key-0", "key-2");
    assertThat(queue.commands()).doesNotContain("bind brief", "later brief");
  }

  @Test
  void aLargeNarrowingTakesSeveralTurns() {
    WideLimits limits = new WideLimits(5_000, 4_000, 20, Duration.ZERO);
    Binder<WideTarget> large = binder(new WidePolicy(limits, clock), (nanos, task) -> {});
    large.restore(queue).join();
    large.open();
    large.subscribe(keys(0, 600)).join();

    await().until(() -> queue.commands().contains("unbind #"));
    assertThat(queue.commands().stream().filter(c -> c.startsWith("bind key"))).hasSize(3);
    assertThat(queue.bound()).hasSize(600);
    large.close();
  }

  /** Nobody knows what is bound then: the queue is lost, and the next one begins wide. */
  @ParameterizedTest
  @CsvSource({"bind #, 1", "bind key-4, 3", "unbind #, 3"})
  void aFailureOnTheWayLosesTheQueueAndKeepsWhatWasPromised(String step, int promised) {
    subscribe(0, 3);
    queue.failAt(step);
    binder.subscribe(keys(3, 15)).exceptionally(failed -> null).join();
    unsubscribe(5, 15);
    unsubscribe(0, 2);
    clock.advance(Duration.ofMinutes(1));
    binder.unsubscribe(topics("none"));
    await()
        .untilAsserted(
            () -> {
              runTimers();
              assertThat(queue.lost()).isDone();
            });
    assertThatThrownBy(binder.subscribe(topics("during the outage"))::join)
        .hasCauseInstanceOf(BrokerRefusedException.class);

    FakeWideTarget next = new FakeWideTarget();
    assertThat(binder.restore(next).join()).isEqualTo(promised);
    await().untilAsserted(() -> assertThat(next.bound()).hasSize(promised).contains("key-2"));
    assertThat(next.commands().getFirst()).isEqualTo("bind #");
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
    FakeWideTarget next = new FakeWideTarget();
    assertThat(binder.restore(next).join()).isEqualTo(9);
    assertThat(next.commands().getFirst()).isEqualTo("bind #");

    await().untilAsserted(() -> assertThat(next.bound()).hasSize(9).doesNotContain("#"));
    binder.open();
  }

  @Test
  void aNewConnectionOfANodeThatWantsNothingIsNotWide() {
    subscribe(0, 15);
    binder.detach();
    unsubscribe(0, 15);
    FakeWideTarget next = new FakeWideTarget();
    assertThat(binder.restore(next).join()).isZero();
    binder.open();

    binder.subscribe(topics("later")).join();
    assertThat(next.commands()).containsExactly("bind later");
  }

  @Test
  void aCrowdedNewConnectionStaysWide() {
    subscribe(0, 15);
    binder.detach();
    FakeWideTarget next = new FakeWideTarget();
    binder.restore(next).join();
    binder.open();
    binder.subscribe(topics("fence")).join();

    assertThat(next.commands()).containsExactly("bind #");
  }

  private Binder<WideTarget> binder(WidePolicy with, Timer timer) {
    RabbitMqConfig config = RabbitMqConfig.of(AmqpUri.parse("amqp://localhost"), "test", "node");
    return new Binder<>(new Environment(new RabbitMq(config), clock, clock), with, timer);
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
              runTimers();
              assertThat(queue.bound()).doesNotContain("#").containsAll(names(keys(from, to)));
            });
  }

  private void runTimers() {
    for (Runnable due = timers.poll(); due != null; due = timers.poll()) {
      due.run();
    }
  }

  private static List<Channel> keys(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> Channel.ofTopic("key-" + i)).toList();
  }
}
