package io.carillon.adapter.kit;

import static io.carillon.testkit.RecordedBinds.topics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.broker.BrokerRefusedException;
import io.carillon.message.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Binding to a target that other nodes have to confirm. */
@Timeout(20)
final class BinderSettlingTest {

  private final Binder<BindTarget> binder =
      new Binder<>(TestVendor.environment(), new ExactPolicy(), (nanos, task) -> {});
  private final SettlingTarget target = new SettlingTarget();

  @AfterEach
  void close() throws InterruptedException {
    target.release();
    binder.close();
    binder.join(Duration.ofSeconds(5));
  }

  private void attach() {
    binder.restore(target).join();
    binder.open();
  }

  @Test
  void aNewTargetSettlesThoughNothingIsBound() {
    attach();

    assertThat(target.commands()).containsExactly("settle");
  }

  @Test
  void aCallIsAnsweredWhenTheTargetHasSettledBehindItsBinds() {
    attach();
    target.holdAt("settle");

    CompletableFuture<Void> subscribed = binder.subscribe(topics("a"));
    target.awaitCommand("bind a");
    assertThat(subscribed).isNotDone();
    target.release();

    subscribed.join();
    assertThat(target.commands()).containsExactly("settle", "bind a", "settle");
  }

  @Test
  void aLargeCallSettlesOnce() {
    attach();
    List<Channel> many =
        IntStream.range(0, 2_000).mapToObj(i -> Channel.ofTopic("key-" + i)).toList();

    binder.subscribe(many).join();

    assertThat(target.commands().stream().filter("settle"::equals)).hasSize(2);
  }

  @Test
  void whatIsNotConfirmedIsRefusedAndUnboundAndCostsNoConnection() {
    attach();
    target.refuse();

    CompletableFuture<Void> refused = binder.subscribe(topics("a"));

    assertThatThrownBy(refused::join)
        .hasCauseInstanceOf(BrokerRefusedException.class)
        .hasMessageContaining("carol has not confirmed");
    target.awaitCommand("unbind a");
    assertThat(target.lost()).isNotDone();
  }

  @Test
  void aChannelThatAnotherCallStillWaitsForStaysBoundAndHasToSettle() {
    attach();
    target.refuse();
    target.holdAt("settle");
    CompletableFuture<Void> first = binder.subscribe(topics("a"));
    target.awaitCommand("bind a");
    CompletableFuture<Void> second = binder.subscribe(topics("a"));
    target.release();
    assertThatThrownBy(first::join).isNotNull();
    assertThatThrownBy(second::join).isNotNull();
    target.awaitCommand("unbind a");

    target.confirm();
    binder.subscribe(topics("a")).join();

    assertThat(target.commands()).endsWith("bind a", "settle");
  }

  @Test
  void aPromisedChannelStaysBoundWhenAnotherCallForItIsRefused() {
    attach();
    binder.subscribe(topics("a")).join();
    target.refuse();

    CompletableFuture<Void> refused = binder.subscribe(topics("a", "b"));
    assertThatThrownBy(refused::join).isNotNull();
    target.awaitCommand("unbind b");

    assertThat(target.bound()).contains("a");
  }

  @Test
  void aCallFailsWhenTheTargetIsLostWhileItSettles() {
    attach();
    target.failAt("settle");

    CompletableFuture<Void> subscribed = binder.subscribe(topics("a"));

    assertThatThrownBy(subscribed::join).hasCauseInstanceOf(BrokerRefusedException.class);
    assertThat(target.lost()).isCompleted();
  }
}
