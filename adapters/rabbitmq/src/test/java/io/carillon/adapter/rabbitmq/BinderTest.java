package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class BinderTest {

  private final Binder binder = new Binder();
  private final FakeTarget queue = new FakeTarget();

  @AfterEach
  void close() throws InterruptedException {
    queue.gate.countDown();
    binder.close();
    binder.join(Duration.ofSeconds(5));
  }

  @Test
  void oneKeyIsOneBindWithAnAnswer() {
    attach(queue);

    binder.subscribe(List.of("a")).join();

    assertThat(queue.commands).containsExactly("bind a");
    assertThat(binder.binds()).isEqualTo(1);
    assertThat(binder.bindRpcs()).isEqualTo(1);
  }

  @Test
  void manyKeysWaitForFewAnswers() {
    attach(queue);

    binder.subscribe(keys(1_000)).join();

    assertThat(binder.binds()).isEqualTo(1_000);
    assertThat(binder.bindRpcs()).isEqualTo(4);
  }

  @Test
  void nothingIsAcknowledgedBeforeRabbitMqAnswered() {
    attach(queue);
    queue.hold();

    CompletableFuture<Void> subscribed = binder.subscribe(List.of("a", "b"));
    queue.awaitCommand("later a");
    assertThat(subscribed).isNotDone();
    queue.gate.countDown();

    subscribed.join();
    assertThat(queue.commands).containsExactly("later a", "bind b");
  }

  @Test
  void whatIsBoundAlreadyIsNotBoundAgain() {
    attach(queue);

    binder.subscribe(List.of("a")).join();
    binder.subscribe(List.of("a")).join();

    assertThat(queue.commands).containsExactly("bind a");
  }

  @Test
  void leavingAndComingBackInOneTurnCostsNothing() {
    attach(queue);
    binder.subscribe(List.of("a")).join();
    queue.hold();
    CompletableFuture<Void> other = binder.subscribe(List.of("z"));
    queue.awaitCommand("bind z");

    CompletableFuture<Void> left = binder.unsubscribe(List.of("a"));
    CompletableFuture<Void> back = binder.subscribe(List.of("a"));
    queue.gate.countDown();

    CompletableFuture.allOf(other, left, back).join();
    assertThat(queue.commands).containsExactly("bind a", "bind z");
  }

  @Test
  void callsForOneKeyTakeEffectInTheirOrder() {
    attach(queue);

    binder.subscribe(List.of("a"));
    binder.unsubscribe(List.of("a"));
    binder.subscribe(List.of("a"));
    binder.unsubscribe(List.of("a")).join();
    binder.subscribe(List.of("fence")).join();

    assertThat(queue.bound()).containsExactly("fence");
  }

  @Test
  void aLargeSubscriptionDelaysASmallOneByASliceOnly() {
    attach(queue);
    queue.hold();
    CompletableFuture<Void> large = binder.subscribe(keys(5_000));
    queue.awaitCommand("later key-0");
    CompletableFuture<Void> small = binder.subscribe(List.of("small"));
    queue.gate.countDown();

    small.join();
    assertThat(queue.commands.stream().takeWhile(command -> !command.endsWith("small")))
        .hasSizeLessThan(1_000);
    large.join();
  }

  @Test
  void unbindsDontHoldUpBinds() {
    attach(queue);
    binder.subscribe(keys(500)).join();
    queue.hold();
    binder.subscribe(List.of("first"));
    queue.awaitCommand("bind first");
    CompletableFuture<Void> left = binder.unsubscribe(keys(500));
    CompletableFuture<Void> wanted = binder.subscribe(List.of("wanted"));
    queue.gate.countDown();

    wanted.join();
    assertThat(queue.commands.stream().takeWhile(c -> !c.equals("bind wanted")))
        .filteredOn(c -> c.startsWith("unbind"))
        .hasSizeLessThanOrEqualTo(16);
    left.join();
    assertThat(queue.bound()).containsExactlyInAnyOrder("first", "wanted");
  }

  @Test
  void bindsEverythingPromisedToTheNextQueueAndNothingElse() {
    attach(queue);
    binder.subscribe(List.of("kept", "left")).join();
    queue.fail();
    assertUnavailable(binder.subscribe(List.of("failed")));
    assertThat(queue.lost).isDone();
    binder.detach();
    binder.unsubscribe(List.of("left")).join();
    assertUnavailable(binder.subscribe(List.of("during the outage")));

    FakeTarget next = new FakeTarget();
    assertThat(attach(next)).isEqualTo(1);

    assertThat(next.bound()).containsExactly("kept");
  }

  @Test
  void pendingSubscribesFailWhenTheQueueIsLost() {
    attach(queue);
    queue.hold();
    CompletableFuture<Void> pending = binder.subscribe(List.of("a"));
    queue.awaitCommand("bind a");
    CompletableFuture<Void> waiting = binder.subscribe(List.of("b"));
    binder.detach();
    queue.fail();
    queue.gate.countDown();

    assertUnavailable(pending);
    assertUnavailable(waiting);
  }

  private int attach(FakeTarget target) {
    int keys = binder.restore(target).join();
    binder.open();
    return keys;
  }

  private static List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
  }

  private static void assertUnavailable(CompletableFuture<Void> stage) {
    assertThatThrownBy(stage::join).hasCauseInstanceOf(BrokerUnavailableException.class);
  }

  /** Remembers commands; can hold its answers back and fail. */
  private static final class FakeTarget implements BindTarget {
    final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();
    final CompletableFuture<String> lost = new CompletableFuture<>();
    volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean failing;

    void hold() {
      gate = new CountDownLatch(1);
    }

    void fail() {
      failing = true;
    }

    void awaitCommand(String command) {
      await().pollInterval(Duration.ofMillis(1)).until(() -> commands.contains(command));
    }

    List<String> bound() {
      List<String> bound = new ArrayList<>();
      for (String command : commands) {
        String key = command.substring(command.indexOf(' ') + 1);
        if (command.startsWith("unbind")) {
          bound.remove(key);
        } else {
          bound.add(key);
        }
      }
      return bound;
    }

    @Override
    public String queue() {
      return "fake";
    }

    @Override
    public void bindLater(String key) {
      commands.add("later " + key);
    }

    @Override
    public void bind(String key) throws IOException {
      answer("bind " + key);
    }

    @Override
    public void unbind(String key) throws IOException {
      answer("unbind " + key);
    }

    @Override
    public void lose(String reason) {
      lost.complete(reason);
    }

    private void answer(String command) throws IOException {
      commands.add(command);
      try {
        assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
      if (failing) {
        throw new IOException("failing on purpose");
      }
    }
  }
}
