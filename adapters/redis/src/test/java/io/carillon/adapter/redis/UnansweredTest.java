package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UnansweredTest {

  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final Unanswered unanswered = new Unanswered(100, lost);

  @Test
  void isFullFromItsLimitOn() {
    unanswered.sent(99);
    assertThat(unanswered.isFull()).isFalse();
    unanswered.sent(1);
    assertThat(unanswered.isFull()).isTrue();
    unanswered.answered(1);
    assertThat(unanswered.isFull()).isFalse();
  }

  @Test
  void aSenderWaitsForAnAnswer() throws InterruptedException {
    unanswered.sent(150);
    Thread sender = waiting();

    unanswered.answered(50);
    assertThat(sender.isAlive()).as("100 are still on their way").isTrue();
    unanswered.answered(1);

    sender.join();
  }

  @Test
  void aSenderDoesNotWaitForALostLink() throws InterruptedException {
    unanswered.sent(150);
    Thread sender = waiting();

    lost.complete("cut");

    sender.join();
  }

  private Thread waiting() {
    Thread sender = Thread.ofPlatform().start(unanswered::await);
    await().until(() -> sender.getState() == Thread.State.WAITING);
    return sender;
  }
}
