package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class LanePublisherTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();
  private final LanePublisher publisher =
      new LanePublisher(
          TestVendor.environment(),
          Lane.PUBLICATIONS,
          "the test",
          Batcher.batching(new PublishLimits(2, 64, 64 << 10, 1_000, TIMEOUT), clock),
          (nanos, task) -> timers.add(task));
  private final List<String> lost = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    publisher.close();
    publisher.join(Duration.ofSeconds(5));
  }

  @Test
  void losesTheLinkWhenWritingFails() throws Exception {
    publisher.attach(failing(new IOException("Broken pipe")), lost::add);

    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(lost).containsExactly("the connection to TestMQ broke: Broken pipe"));
    assertThat(publish()).isInstanceOf(PublishOutcome.Refused.class);
    assertThat(lost).hasSize(1);
  }

  @Test
  void losesTheLinkWhenAMessageWasCertainlyNotSent() throws Exception {
    publisher.attach(failing(new NotSentException(new IOException("bye"))), lost::add);

    assertThat(publish()).isInstanceOf(PublishOutcome.Refused.class);
    Awaitility.await().untilAsserted(() -> assertThat(lost).containsExactly("TestMQ is gone"));
  }

  @Test
  void publishesAgainThroughTheNextLink() throws Exception {
    publisher.attach(failing(new IOException("Broken pipe")), lost::add);
    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);

    List<String> lostAgain = new CopyOnWriteArrayList<>();
    publisher.attach(failing(new IOException("Connection reset")), lostAgain::add);
    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);
    Awaitility.await().untilAsserted(() -> assertThat(lostAgain).hasSize(1));
    assertThat(lost).as("what one link lost is not said of another").hasSize(1);
  }

  @Test
  void aMessageEndsAsTheBrokerSays() throws Exception {
    AnsweringOutlet broker = new AnsweringOutlet();
    publisher.attach(broker, lost::add);
    CompletableFuture<PublishOutcome> outcome = send("key");
    broker.awaitWritten(1);

    broker.answers().one(1, new PublishOutcome.Unknown("no room"));

    assertThat(await(outcome)).isInstanceOf(PublishOutcome.Unknown.class);
    assertThat(lost).isEmpty();
    assertThat(await(sendAndConfirm(broker, 2))).isInstanceOf(PublishOutcome.Accepted.class);
    assertThat(publisher.stats().unknown()).isEqualTo(1);
    assertThat(publisher.stats().accepted()).isEqualTo(1);
  }

  @Test
  void nobodyWaitsLongerThanTheTimeoutAndNothingIsOvertaken() throws Exception {
    AnsweringOutlet broker = new AnsweringOutlet();
    publisher.attach(broker, lost::add);
    CompletableFuture<PublishOutcome> written = send("key");
    CompletableFuture<PublishOutcome> waiting = send("key");
    broker.awaitWritten(1);
    clock.advance(TIMEOUT.minusMillis(1));
    CompletableFuture<PublishOutcome> young = send("key");
    look();
    assertThat(written).isNotDone();
    assertThat(waiting).isNotDone();

    clock.advance(Duration.ofMillis(1));
    look();
    assertThat(await(written)).isInstanceOf(PublishOutcome.Unknown.class);
    assertThat(await(waiting)).isInstanceOf(PublishOutcome.Refused.class);
    assertThat(young).isNotDone();
    assertThat(lost).as("the connection seems well").isEmpty();
    assertThat(broker.written).as("the lane is held up").hasSize(1);

    broker.answers().one(1, PublishOutcome.ACCEPTED);
    broker.awaitWritten(2);
    broker.answers().one(2, PublishOutcome.ACCEPTED);
    assertThat(await(young)).isInstanceOf(PublishOutcome.Accepted.class);
    assertThat(publisher.stats().waitingBytes()).isZero();
  }

  @Test
  void aFullWindowThatIsNeverAnsweredRefusesOtherLanesToo() throws Exception {
    AnsweringOutlet broker = new AnsweringOutlet();
    publisher.attach(broker, lost::add);
    List<CompletableFuture<PublishOutcome>> written = List.of(send("a"), send("b"));
    CompletableFuture<PublishOutcome> third = send("c");
    broker.awaitWritten(2);
    fence();
    clock.advance(TIMEOUT);
    look();

    for (CompletableFuture<PublishOutcome> each : written) {
      assertThat(await(each)).isInstanceOf(PublishOutcome.Unknown.class);
    }
    assertThat(await(third)).isInstanceOf(PublishOutcome.Refused.class);
    broker.answers().upTo(2, PublishOutcome.ACCEPTED);
    assertThat(await(sendAndConfirm(broker, 3))).isInstanceOf(PublishOutcome.Accepted.class);
    publisher.drain().get(5, TimeUnit.SECONDS);
  }

  @Test
  void flushesOnceBehindAllThatCanBeWritten() throws Exception {
    AnsweringOutlet broker = new AnsweringOutlet();
    publisher.attach(broker, lost::add);
    Outgoing one = new Outgoing("a", new byte[10], outcome -> {});
    Outgoing two = new Outgoing("b", new byte[10], outcome -> {});

    publisher.publish(List.of(one, two));
    fence();

    assertThat(broker.written).containsExactly("a", "b");
    assertThat(broker.flushes).hasValue(1);
  }

  @Test
  void answersOfAnOutletThatIsLostAreIgnored() throws Exception {
    AnsweringOutlet first = new AnsweringOutlet();
    AnsweringOutlet second = new AnsweringOutlet();
    publisher.attach(first, lost::add);
    CompletableFuture<PublishOutcome> before = send("key");
    first.awaitWritten(1);
    publisher.detach("cut");
    assertThat(await(before)).isInstanceOf(PublishOutcome.Unknown.class);
    publisher.attach(second, lost::add);
    CompletableFuture<PublishOutcome> after = send("key");
    second.awaitWritten(1);

    first.answers().upTo(1, PublishOutcome.ACCEPTED);
    fence();
    assertThat(after).isNotDone();

    second.answers().one(1, PublishOutcome.ACCEPTED);
    assertThat(await(after)).isInstanceOf(PublishOutcome.Accepted.class);
  }

  @Test
  void anOutletThatIsBlockedFromItsFirstMomentStaysBlocked() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    publisher.afterPosted(() -> awaitOpen(busy));

    publisher.attach(new AnsweringOutlet(), lost::add);
    publisher.block("low on memory");
    busy.countDown();
    fence();

    assertThat(await(send("key"))).isInstanceOf(PublishOutcome.Refused.class);
    assertThat(publisher.stats().blocked()).isTrue();
  }

  @Test
  void whatIsLostIsNotBlockedAnyMore() throws Exception {
    publisher.attach(new AnsweringOutlet(), lost::add);
    publisher.block("low on memory");

    publisher.detach("cut");

    assertThat(publisher.stats().blocked()).isFalse();
    assertThat(await(send("key")))
        .isEqualTo(new PublishOutcome.Refused(Refusal.UNAVAILABLE, "TestMQ is not connected"));
  }

  @Test
  void anErrorInACallbackHarmsNoOther() throws Exception {
    AnsweringOutlet broker = new AnsweringOutlet();
    publisher.attach(broker, lost::add);
    CompletableFuture<PublishOutcome> first = send("key");
    broker.awaitWritten(1);
    publisher.publish(
        List.of(
            new Outgoing(
                "key",
                new byte[10],
                outcome -> {
                  throw new StackOverflowError("on purpose");
                })));
    CompletableFuture<PublishOutcome> sharesItsMessage = send("key");

    broker.answers().one(1, PublishOutcome.ACCEPTED);
    broker.awaitWritten(2);
    broker.answers().one(2, PublishOutcome.ACCEPTED);

    assertThat(await(first)).isInstanceOf(PublishOutcome.Accepted.class);
    assertThat(await(sharesItsMessage)).isInstanceOf(PublishOutcome.Accepted.class);
  }

  @Test
  void anErrorWhileWritingCostsTheLink() throws Exception {
    publisher.attach(
        new Outlet() {
          @Override
          public void answerTo(Answers answers) {}

          @Override
          public void write(long number, String address, byte[] body) {
            throw new OutOfMemoryError("on purpose");
          }
        },
        lost::add);

    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(lost)
                    .containsExactly("this node's own code failed with OutOfMemoryError"));
    assertThat(publisher.stats().waitingBytes()).isZero();
  }

  private static void awaitOpen(CountDownLatch gate) {
    try {
      assertThat(gate.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Looks for what is late, as the timer would; what was published before is under way. */
  private void look() throws Exception {
    fence();
    Runnable due = timers.poll();
    assertThat(due).as("a look is planned while anything is under way").isNotNull();
    due.run();
    fence();
  }

  /** Whatever was posted before has been run. */
  private void fence() throws Exception {
    CompletableFuture<Void> passed = new CompletableFuture<>();
    publisher.afterPosted(() -> passed.complete(null));
    passed.get(5, TimeUnit.SECONDS);
  }

  private CompletableFuture<PublishOutcome> sendAndConfirm(AnsweringOutlet broker, long tag)
      throws Exception {
    CompletableFuture<PublishOutcome> outcome = send("key");
    broker.awaitWritten((int) tag);
    broker.answers().one(tag, PublishOutcome.ACCEPTED);
    return outcome;
  }

  private CompletableFuture<PublishOutcome> send(String key) {
    CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
    publisher.publish(List.of(new Outgoing(key, new byte[10], outcome::complete)));
    return outcome;
  }

  private static PublishOutcome await(CompletableFuture<PublishOutcome> outcome) throws Exception {
    return outcome.get(5, TimeUnit.SECONDS);
  }

  /** Takes everything, and is answered by the test. */
  private static final class AnsweringOutlet implements Outlet {
    final List<String> written = new CopyOnWriteArrayList<>();
    final AtomicInteger flushes = new AtomicInteger();
    private volatile @Nullable Answers answers;

    @Override
    public void answerTo(Answers newAnswers) {
      answers = newAnswers;
    }

    @Override
    public void write(long number, String address, byte[] body) {
      written.add(address);
      assertThat(number).isEqualTo(written.size());
    }

    @Override
    public void flush() {
      flushes.incrementAndGet();
    }

    Answers answers() {
      return Objects.requireNonNull(answers);
    }

    void awaitWritten(int count) {
      Awaitility.await().until(() -> written.size() >= count);
    }
  }

  private PublishOutcome publish() throws Exception {
    CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
    publisher.publish(List.of(new Outgoing("key", new byte[10], outcome::complete)));
    return outcome.get(5, TimeUnit.SECONDS);
  }

  /** Nothing can be written. */
  private static Outlet failing(IOException failure) {
    return new Outlet() {
      @Override
      public void answerTo(Answers answers) {}

      @Override
      public void write(long number, String address, byte[] body) throws IOException {
        throw failure;
      }
    };
  }
}
