package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WorkerTest {

  @Test
  void goesOnAfterATaskThatFailed() throws Exception {
    Worker worker = new Worker("carillon-test-worker").start();
    CompletableFuture<Thread> before = new CompletableFuture<>();
    CompletableFuture<Thread> after = new CompletableFuture<>();

    worker.post(() -> before.complete(Thread.currentThread()));
    worker.post(
        () -> {
          throw new IllegalStateException("a bug, on purpose");
        });
    worker.post(
        () -> {
          throw new OutOfMemoryError("on purpose");
        });
    worker.post(() -> after.complete(Thread.currentThread()));

    assertThat(after.get(5, TimeUnit.SECONDS)).isSameAs(before.join());
    worker.stop();
    worker.join(Duration.ofSeconds(5));
    assertThat(before.join().isAlive()).isFalse();
  }
}
