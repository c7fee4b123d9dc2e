package io.carillon.adapter.kit;

import static io.carillon.testkit.RecordedBinds.topics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerRefusedException;
import io.carillon.message.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class BinderTest {

  private final Binder<BindTarget> binder =
      new Binder<>(TestVendor.environment(), new ExactPolicy(), (nanos, task) -> {});
  private final FakeBindTarget queue = new FakeBindTarget();

  @AfterEach
  void close() throws InterruptedException {
    queue.release();
    binder.close();
    binder.join(Duration.ofSeconds(5));
  }

  @Test
  void oneKeyIsOneBindWithAnAnswer() {
    attach(queue);

    binder.subscribe(topics("a")).join();

    assertThat(queue.commands()).containsExactly("bind a");
    assertThat(binder.stats().binds()).isEqualTo(1);
    assertThat(binder.stats().answers()).isEqualTo(1);
  }

  @Test
  void manyKeysWaitForFewAnswers() {
    attach(queue);

    binder.subscribe(keys(1_000)).join();

    assertThat(binder.stats().binds()).isEqualTo(1_000);
    assertThat(binder.stats().answers()).isEqualTo(4);
  }

  @Test
  void nothingIsAcknowledgedBeforeTheBrokerAnswered() {
    attach(queue);
    queue.hold();

    CompletableFuture<Void> subscribed = binder.subscribe(topics("a", "b"));
    queue.awaitCommand("later a");
    assertThat(subscribed).isNotDone();
    queue.release();

    subscribed.join();
    assertThat(queue.commands()).containsExactly("later a", "bind b");
  }

  @Test
  void whatIsBoundAlreadyIsNotBoundAgain() {
    attach(queue);

    binder.subscribe(topics("a")).join();
    binder.subscribe(topics("a")).join();

    assertThat(queue.commands()).containsExactly("bind a");
  }

  @Test
  void leavingAndComingBackInOneTurnCostsNothing() {
    attach(queue);
    binder.subscribe(topics("a")).join();
    queue.hold();
    CompletableFuture<Void> other = binder.subscribe(topics("z"));
    queue.awaitCommand("bind z");

    CompletableFuture<Void> left = binder.unsubscribe(topics("a"));
    CompletableFuture<Void> back = binder.subscribe(topics("a"));
    queue.release();

    CompletableFuture.allOf(other, left, back).join();
    assertThat(queue.commands()).containsExactly("bind a", "bind z");
  }

  @Test
  void callsForOneKeyTakeEffectInTheirOrder() {
    attach(queue);

    binder.subscribe(topics("a"));
    binder.unsubscribe(topics("a"));
    binder.subscribe(topics("a"));
    binder.unsubscribe(topics("a")).join();
    binder.subscribe(topics("fence")).join();

    assertThat(queue.bound()).containsExactly("fence");
  }

  @Test
  void aLargeSubscriptionDelaysASmallOneByASliceOnly() {
    attach(queue);
    queue.hold();
    CompletableFuture<Void> large = binder.subscribe(keys(5_000));
    queue.awaitCommand("later key-0");
    CompletableFuture<Void> small = binder.subscribe(topics("small"));
    queue.release();

    small.join();
    assertThat(queue.commands().stream().takeWhile(command -> !command.endsWith("small")))
        .hasSizeLessThan(1_000);
    large.join();
  }

  @Test
  void unbindsDontHoldUpBinds() {
    attach(queue);
    binder.subscribe(keys(500)).join();
    queue.hold();
    binder.subscribe(topics("first"));
    queue.awaitCommand("bind first");
    CompletableFuture<Void> left = binder.unsubscribe(keys(500));
    CompletableFuture<Void> wanted = binder.subscribe(topics("wanted"));
    queue.release();

    wanted.join();
    assertThat(queue.commands().stream().takeWhile(c -> !c.equals("bind wanted")))
        .filteredOn(c -> c.startsWith("unbind"))
        .hasSizeLessThanOrEqualTo(16);
    left.join();
    assertThat(queue.bound()).containsExactlyInAnyOrder("first", "wanted");
  }

  @Test
  void unbindsKeepPaceWithBindsSoThatChurnLeavesNoBacklog() {
    attach(queue);
    binder.subscribe(keys(250)).join();
    queue.holdAt("bind first");
    binder.subscribe(topics("first"));
    queue.awaitCommand("bind first");
    CompletableFuture<Void> left = binder.unsubscribe(keys(250));
    binder.subscribe(IntStream.range(0, 256).mapToObj(i -> Channel.ofTopic("new-" + i)).toList());
    CompletableFuture<Void> last = binder.subscribe(topics("last"));
    queue.release();

    last.join();
    assertThat(queue.commands().stream().takeWhile(c -> !c.equals("bind last")))
        .filteredOn(c -> c.startsWith("unbind"))
        .hasSize(250);
    left.join();
  }

  @Test
  void whoLeavesWhileTheBindIsQueuedIsNeverBound() {
    attach(queue);
    queue.holdAt("bind z");
    binder.subscribe(topics("z"));
    queue.awaitCommand("bind z");
    CompletableFuture<Void> joined = binder.subscribe(topics("a"));
    CompletableFuture<Void> left = binder.unsubscribe(topics("a"));
    queue.release();

    CompletableFuture.allOf(joined, left).join();
    assertThat(queue.commands()).containsExactly("bind z");
    binder.detach();
    assertThat(attach(new FakeBindTarget())).as("z alone is wanted").isEqualTo(1);
  }

  @Test
  void aKeyThatWasNeverPromisedIsForgottenWithItsQueue() {
    attach(queue);
    queue.failAt("bind b");
    assertUnavailable(binder.subscribe(topics("a", "b")));
    assertThat(queue.lost()).isDone();
    assertUnavailable(binder.subscribe(topics("c")));

    assertThat(attach(new FakeBindTarget())).isZero();
  }

  @Test
  void aBindThatComesAmongManyUnbindsWaitsForAFewOnly() {
    attach(queue);
    binder.subscribe(keys(500)).join();
    queue.holdAt("unbind");
    CompletableFuture<Void> left = binder.unsubscribe(keys(500));
    queue.awaitCommand("unbind key-0");
    CompletableFuture<Void> wanted = binder.subscribe(topics("wanted"));
    queue.release();

    wanted.join();
    assertThat(queue.commands().stream().takeWhile(c -> !c.equals("bind wanted")))
        .filteredOn(c -> c.startsWith("unbind"))
        .hasSizeLessThanOrEqualTo(16);
    left.join();
  }

  @Test
  void whatWasPromisedOnceOutlivesALaterFailure() {
    attach(queue);
    binder.subscribe(topics("a")).join();
    queue.failAt("bind b");
    assertUnavailable(binder.subscribe(topics("a", "b")));

    assertThat(attach(new FakeBindTarget())).as("a alone").isEqualTo(1);
  }

  @Test
  void whoLeftIsPromisedNothing() {
    attach(queue);
    binder.subscribe(topics("left")).join();
    binder.unsubscribe(topics("left")).join();
    queue.holdAt("bind z");
    binder.subscribe(topics("z"));
    queue.awaitCommand("bind z");
    binder.subscribe(topics("brief"));
    CompletableFuture<Void> gone = binder.unsubscribe(topics("brief"));
    queue.release();
    gone.join();

    queue.failAt("bind");
    assertUnavailable(binder.subscribe(topics("left", "brief")));

    assertThat(attach(new FakeBindTarget())).as("z alone").isEqualTo(1);
  }

  @Test
  void bindsEverythingPromisedToTheNextQueueAndNothingElse() {
    attach(queue);
    binder.subscribe(topics("kept", "left")).join();
    queue.fail();
    assertUnavailable(binder.subscribe(topics("failed")));
    assertThat(queue.lost()).isDone();
    binder.detach();
    binder.unsubscribe(topics("left")).join();
    assertUnavailable(binder.subscribe(topics("during the outage")));

    FakeBindTarget next = new FakeBindTarget();
    assertThat(attach(next)).isEqualTo(1);

    await().untilAsserted(() -> assertThat(next.bound()).containsExactly("kept"));
    assertThat(next.commands()).containsExactly("bind kept");
  }

  @Test
  void pendingSubscribesFailWhenTheQueueIsLost() {
    attach(queue);
    queue.hold();
    CompletableFuture<Void> pending = binder.subscribe(topics("a"));
    queue.awaitCommand("bind a");
    CompletableFuture<Void> waiting = binder.subscribe(topics("b"));
    binder.detach();
    queue.fail();
    queue.release();

    assertUnavailable(pending);
    assertUnavailable(waiting);
  }

  @Test
  void anErrorWhileBindingAnswersTheSubscribeAndCostsTheTarget() {
    attach(queue);
    queue.breakAt("bind b");

    assertUnavailable(binder.subscribe(topics("a", "b")));

    assertThat(queue.lost()).isDone();
    assertThat(attach(new FakeBindTarget())).isZero();
  }

  @Test
  void anErrorWhileRestoringIsAnAnswer() {
    attach(queue);
    binder.subscribe(topics("a")).join();
    binder.detach();
    FakeBindTarget next = new FakeBindTarget();
    next.breakAt("bind");

    assertThat(binder.restore(next))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(OutOfMemoryError.class);

    assertThat(attach(new FakeBindTarget())).isEqualTo(1);
  }

  private int attach(FakeBindTarget target) {
    int keys = binder.restore(target).join();
    binder.open();
    return keys;
  }

  @Test
  void aChannelThatIsNoLongerRoutedIsReportedAndBoundByTheNextSubscribe() {
    attach(queue);
    binder.subscribe(topics("a", "b", "left")).join();
    binder.unsubscribe(topics("left")).join();

    assertThat(lose("a", "left", "never")).containsExactlyElementsOf(topics("a"));
    assertThat(binder.stats().boundChannels()).isEqualTo(1);
    binder.subscribe(topics("a", "b")).join();

    assertThat(queue.commands()).endsWith("unbind left", "bind a");
  }

  @Test
  void aChannelThatIsLostWhileItsSubscriberWaitsIsBoundAgainBeforeTheAnswer() {
    attach(queue);
    List<Channel> many = keys(600);
    queue.holdAt("bind key-511");
    CompletableFuture<Void> subscribed = binder.subscribe(many);
    queue.awaitCommand("bind key-511");

    binder.lose(queue, Set.of(many.getFirst()), lost -> queue.lose("reported"));
    queue.release();

    subscribed.join();
    assertThat(queue.commands()).endsWith("bind key-0");
    assertThat(queue.lost()).isNotDone();
    await().until(() -> binder.stats().boundChannels() == 600); // Counted after the answer.
  }

  @Test
  void aLossOfAnEarlierTargetMeansNothing() {
    attach(queue);
    binder.subscribe(topics("a")).join();
    FakeBindTarget next = new FakeBindTarget();
    binder.detach();
    attach(next);

    binder.lose(queue, Set.copyOf(topics("a")), lost -> next.lose("reported"));
    binder.subscribe(topics("fence")).join();

    assertThat(next.lost()).isNotDone();
  }

  private Set<Channel> lose(String... names) {
    CompletableFuture<Set<Channel>> lost = new CompletableFuture<>();
    binder.lose(queue, Set.copyOf(topics(names)), lost::complete);
    return lost.join();
  }

  private static List<Channel> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> Channel.ofTopic("key-" + i)).toList();
  }

  private static void assertUnavailable(CompletableFuture<Void> stage) {
    assertThat(stage)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(BrokerRefusedException.class);
  }
}
