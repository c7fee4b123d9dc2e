package io.carillon.adapter.redis;

import io.carillon.adapter.kit.CallbackFailures;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.LinkHeartbeat;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection by which one lane of a link receives. Its one thread hands messages on, in order;
 * while that thread is busy, it reads nothing more, and messages wait in Redis.
 */
final class Subscriber extends RedisPubSubAdapter<String, byte[]> {

  private final StatefulRedisPubSubConnection<String, byte[]> connection;
  private final BiConsumer<String, byte[]> sink;
  private final CompletableFuture<String> lost;
  private final CallbackFailures failures;
  private final Duration patience;
  private final LinkHeartbeat heartbeat;

  /** The SUBSCRIBE that waits for its answers; null before the first. */
  private volatile @Nullable Confirmation subscribing;

  /** The UNSUBSCRIBE that waits for its answers; null before the first. */
  private volatile @Nullable Confirmation unsubscribing;

  /**
   * @param sink takes names and messages
   * @param lost the link's
   * @param failures notices exceptions of the sink
   * @param patience how long an answer may take
   */
  Subscriber(
      StatefulRedisPubSubConnection<String, byte[]> connection,
      BiConsumer<String, byte[]> sink,
      Environment environment,
      CompletableFuture<String> lost,
      CallbackFailures failures,
      Duration patience) {
    this.connection = connection;
    this.sink = sink;
    this.lost = lost;
    this.failures = failures;
    this.patience = patience;
    this.heartbeat =
        new LinkHeartbeat(
            environment.vendor(),
            this::beat,
            environment.nanoClock(),
            environment.timer(),
            lost::isDone,
            lost::complete);
  }

  /** Begins to receive. */
  void start() {
    connection.addListener(this);
    heartbeat.start();
  }

  private void beat() {
    ping(heartbeat::listening);
  }

  /** Runs a task when Redis has answered, behind everything that it has sent here before. */
  void ping(Runnable answered) {
    connection.async().ping().thenRun(answered);
  }

  /**
   * Subscribes, in one command, and waits for Redis' answers: they prove that messages are routed
   * here. Called by one thread at a time.
   *
   * @param names at least one; none is subscribed to
   */
  void subscribe(Collection<String> names) throws IOException {
    Confirmation confirmation = new Confirmation(names);
    subscribing = confirmation;
    await(
        confirmation,
        connection.async().subscribe(names.toArray(String[]::new)).toCompletableFuture());
  }

  /** Unsubscribes, in one command, and waits for Redis' answers. */
  void unsubscribe(Collection<String> names) throws IOException {
    Confirmation confirmation = new Confirmation(names);
    unsubscribing = confirmation;
    await(
        confirmation,
        connection.async().unsubscribe(names.toArray(String[]::new)).toCompletableFuture());
  }

  /** Unsubscribes and waits for nothing. Any thread. */
  void leave(String name) {
    connection.async().unsubscribe(name);
  }

  private void await(Confirmation confirmation, CompletableFuture<Void> command)
      throws IOException {
    CompletableFuture<Void> done = confirmation.done();
    // Lettuce completes a command with the first answer; only its failure counts.
    command.exceptionally(
        failure -> {
          done.completeExceptionally(failure);
          return null;
        });
    try {
      CompletableFuture.anyOf(done, lost).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
    if (!done.isDone()) {
      throw new IOException(lost.join());
    }
  }

  @Override
  public void subscribed(String name, long count) {
    answered(subscribing, name);
  }

  @Override
  public void unsubscribed(String name, long count) {
    answered(unsubscribing, name);
  }

  private static void answered(@Nullable Confirmation waiting, String name) {
    if (waiting != null) {
      waiting.answered(name);
    }
  }

  @Override
  public void message(String name, byte[] body) {
    heartbeat.busy();
    try {
      sink.accept(name, body);
    } catch (RuntimeException | Error bug) {
      failures.failed("A message", bug);
    } finally {
      heartbeat.listening();
    }
  }

  CompletableFuture<Void> close() {
    return connection.closeAsync();
  }
}
