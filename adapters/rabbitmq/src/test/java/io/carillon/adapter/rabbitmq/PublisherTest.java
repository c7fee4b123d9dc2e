package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.broker.PublishOutcome;
import io.carillon.testkit.ManualClock;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PublisherTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final Queue<Runnable> timers = new ConcurrentLinkedQueue<>();
  private final Publisher publisher =
      new Publisher(
          "carillon-test-publisher",
          new Wire.Lane(new EnvelopeForm(new EnvelopeCodec("test", System::nanoTime)), "exchange"),
          new PublishLimits(2, 64, 64 << 10, 1_000, TIMEOUT),
          clock,
          (nanos, task) -> timers.add(task));
  private final List<String> lost = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    publisher.close();
    publisher.join(Duration.ofSeconds(5));
  }

  @Test
  void losesTheLinkWhenWritingFails() throws Exception {
    publisher.attach(channel(new IOException("Broken pipe")), lost::add);

    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(lost).containsExactly("the connection to RabbitMQ broke: Broken pipe"));
    assertThat(publish()).isInstanceOf(PublishOutcome.Refused.class);
    assertThat(lost).hasSize(1);
  }

  @Test
  void losesTheLinkWhenTheChannelIsClosedAlready() throws Exception {
    AMQP.Connection.Close reason = new AMQP.Connection.Close.Builder().replyText("bye").build();
    publisher.attach(
        channel(new AlreadyClosedException(new ShutdownSignalException(true, false, reason, ""))),
        lost::add);

    assertThat(publish()).isInstanceOf(PublishOutcome.Refused.class);
    Awaitility.await().untilAsserted(() -> assertThat(lost).containsExactly("RabbitMQ is gone"));
  }

  @Test
  void publishesAgainThroughTheNextLink() throws Exception {
    publisher.attach(channel(new IOException("Broken pipe")), lost::add);
    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);

    List<String> lostAgain = new CopyOnWriteArrayList<>();
    publisher.attach(channel(new IOException("Connection reset")), lostAgain::add);
    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);
    Awaitility.await().untilAsserted(() -> assertThat(lostAgain).hasSize(1));
    assertThat(lost).as("what one link lost is not said of another").hasSize(1);
  }

  @Test
  void nobodyKnowsWhatBecameOfWhatRabbitMqRejects() throws Exception {
    AnsweringChannel rabbit = new AnsweringChannel();
    publisher.attach(rabbit.proxy(), lost::add);
    CompletableFuture<PublishOutcome> outcome = send("key");
    rabbit.awaitWritten(1);

    rabbit.confirms().handleNack(1, false);

    assertThat(await(outcome)).isInstanceOf(PublishOutcome.Unknown.class);
    assertThat(lost).isEmpty();
    assertThat(await(sendAndConfirm(rabbit, 2))).isInstanceOf(PublishOutcome.Accepted.class);
    assertThat(publisher.stats().unknown()).isEqualTo(1);
    assertThat(publisher.stats().accepted()).isEqualTo(1);
  }

  @Test
  void nobodyWaitsLongerThanTheTimeoutAndNothingIsOvertaken() throws Exception {
    AnsweringChannel rabbit = new AnsweringChannel();
    publisher.attach(rabbit.proxy(), lost::add);
    CompletableFuture<PublishOutcome> written = send("key");
    CompletableFuture<PublishOutcome> waiting = send("key");
    rabbit.awaitWritten(1);
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
    assertThat(rabbit.written).as("the lane is held up").hasSize(1);

    rabbit.confirms().handleAck(1, false);
    rabbit.awaitWritten(2);
    rabbit.confirms().handleAck(2, false);
    assertThat(await(young)).isInstanceOf(PublishOutcome.Accepted.class);
    assertThat(publisher.stats().waitingBytes()).isZero();
  }

  @Test
  void aFullWindowThatIsNeverAnsweredRefusesOtherLanesToo() throws Exception {
    AnsweringChannel rabbit = new AnsweringChannel();
    publisher.attach(rabbit.proxy(), lost::add);
    List<CompletableFuture<PublishOutcome>> written = List.of(send("a"), send("b"));
    CompletableFuture<PublishOutcome> third = send("c");
    rabbit.awaitWritten(2);
    fence();
    clock.advance(TIMEOUT);
    look();

    for (CompletableFuture<PublishOutcome> each : written) {
      assertThat(await(each)).isInstanceOf(PublishOutcome.Unknown.class);
    }
    assertThat(await(third)).isInstanceOf(PublishOutcome.Refused.class);
    rabbit.confirms().handleAck(2, true);
    assertThat(await(sendAndConfirm(rabbit, 3))).isInstanceOf(PublishOutcome.Accepted.class);
    publisher.drain().get(5, TimeUnit.SECONDS);
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

  private CompletableFuture<PublishOutcome> sendAndConfirm(AnsweringChannel rabbit, long tag)
      throws Exception {
    CompletableFuture<PublishOutcome> outcome = send("key");
    rabbit.awaitWritten((int) tag);
    rabbit.confirms().handleAck(tag, false);
    return outcome;
  }

  private CompletableFuture<PublishOutcome> send(String key) {
    CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
    publisher.publish(List.of(new PublishLanes.Outgoing(key, new byte[10], outcome::complete)));
    return outcome;
  }

  private static PublishOutcome await(CompletableFuture<PublishOutcome> outcome) throws Exception {
    return outcome.get(5, TimeUnit.SECONDS);
  }

  /** An AMQP channel that takes everything and is answered by the test. */
  private static final class AnsweringChannel {
    final List<String> written = new CopyOnWriteArrayList<>();
    private volatile @Nullable ConfirmListener listener;

    @SuppressWarnings("ReferenceEquality") // A channel is equal to itself alone.
    Channel proxy() {
      return (Channel)
          Proxy.newProxyInstance(
              Channel.class.getClassLoader(),
              new Class<?>[] {Channel.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "basicPublish" -> {
                      written.add((String) arguments[1]);
                      yield null;
                    }
                    case "addConfirmListener" -> {
                      listener = (ConfirmListener) arguments[0];
                      yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
    }

    ConfirmListener confirms() {
      return Objects.requireNonNull(listener);
    }

    void awaitWritten(int count) {
      Awaitility.await().until(() -> written.size() >= count);
    }
  }

  private PublishOutcome publish() throws Exception {
    CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
    publisher.publish(List.of(new PublishLanes.Outgoing("key", new byte[10], outcome::complete)));
    return outcome.get(5, TimeUnit.SECONDS);
  }

  /** An AMQP channel through which nothing can be written. */
  private static Channel channel(Exception failure) {
    return (Channel)
        Proxy.newProxyInstance(
            Channel.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "basicPublish" -> throw failure;
                  case "addConfirmListener" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
