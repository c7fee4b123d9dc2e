package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void aPostingThreadRunsTheTaskItselfIfNoOtherDoes() throws Exception {
    Worker worker = new Worker("carillon-test-worker").start();
    CompletableFuture<Thread> ran = new CompletableFuture<>();

    assertThat(worker.runOrPost(() -> ran.complete(Thread.currentThread()))).isTrue();

    assertThat(ran.get(5, TimeUnit.SECONDS)).isSameAs(Thread.currentThread());
    worker.stop();
    worker.join(Duration.ofSeconds(5));
    assertThat(worker.runOrPost(() -> {})).isFalse();
  }

  @Test
  void aPostingThreadDoesNotWaitForABusyWorker() throws Exception {
    Worker worker = new Worker("carillon-test-worker").start();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    CompletableFuture<Thread> own = new CompletableFuture<>();
    worker.post(
        () -> {
          own.complete(Thread.currentThread());
          busy.countDown();
          awaitQuietly(goOn);
        });
    busy.await();

    worker.runOrPost(() -> ran.complete(Thread.currentThread()));

    assertThat(ran).isNotDone();
    goOn.countDown();
    assertThat(ran.get(5, TimeUnit.SECONDS)).isSameAs(own.join());
    worker.stop();
  }

  @Test
  void aTaskThatPostsAnotherIsNotInterruptedByIt() {
    Worker worker = new Worker("carillon-test-worker").start();
    List<String> steps = new ArrayList<>();

    worker.runOrPost(
        () -> {
          steps.add("begins");
          worker.runOrPost(() -> steps.add("other"));
          steps.add("ends");
        });

    assertThat(steps).containsExactly("begins", "ends", "other");
    worker.stop();
  }

  /** The thread runs what a posting thread leaves. */
  @Test
  void manyThreadsTasksRunOneAtATimeAndInEachThreadsOrder() throws Exception {
    Worker worker = new Worker("carillon-test-worker").start();
    int threads = 4;
    int each = 20_000;
    int[] seen = new int[threads]; // Not volatile: the worker's owners hand it on.
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(threads * each);
    List<Thread> posters = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int mine = t;
      posters.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < each; i++) {
                      int number = i;
                      worker.runOrPost(
                          () -> {
                            if (inside.incrementAndGet() != 1 || seen[mine]++ != number) {
                              wrong.incrementAndGet();
                            }
                            inside.decrementAndGet();
                            all.countDown();
                          });
                    }
                  }));
    }
    for (Thread poster : posters) {
      poster.join();
    }

    assertThat(all.await(10, TimeUnit.SECONDS)).as("all tasks have run").isTrue();
    assertThat(wrong).hasValue(0);
    worker.stop();
    worker.join(Duration.ofSeconds(5));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
