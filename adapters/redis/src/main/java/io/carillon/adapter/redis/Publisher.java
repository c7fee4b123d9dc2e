package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.LinkHeartbeat;
import io.carillon.adapter.kit.NotSentException;
import io.carillon.adapter.kit.Outlet;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The connection by which one lane of a link sends. Commands are pipelined: they leave when {@link
 * #flush} is called. Redis' answer to PUBLISH, the number of its receivers, is the outcome.
 */
final class Publisher implements Outlet {

  /** How many bytes may be on their way to Redis. */
  private static final long MOST_UNANSWERED = 16L << 20;

  private final StatefulRedisConnection<String, byte[]> connection;
  private final CompletableFuture<String> lost;
  private final Unheard unheard;
  private final Unanswered unanswered;
  private final LinkHeartbeat heartbeat;

  /** Set before the first message is written; read by the connection's thread. */
  private volatile @Nullable Answers answers;

  /** The outcome of a message that no subscriber has heard. */
  @FunctionalInterface
  interface Unheard {

    /**
     * The outcome of a message that Redis has given to no one.
     *
     * @param address where it was sent
     */
    CompletionStage<PublishOutcome> outcome(Publisher publisher, String address);
  }

  /**
   * @param lost the link's
   * @param unheard the outcome if nobody is subscribed
   */
  Publisher(
      StatefulRedisConnection<String, byte[]> connection,
      Environment environment,
      CompletableFuture<String> lost,
      Unheard unheard) {
    this.connection = connection;
    this.lost = lost;
    this.unheard = unheard;
    this.unanswered = new Unanswered(MOST_UNANSWERED, lost);
    this.heartbeat =
        new LinkHeartbeat(
            environment.vendor(),
            this::beat,
            environment.nanoClock(),
            environment.timer(),
            lost::isDone,
            lost::complete);
    connection.setAutoFlushCommands(false);
  }

  void start() {
    heartbeat.start();
  }

  private void beat() {
    connection.async().ping().thenRun(heartbeat::listening);
    connection.flushCommands();
  }

  @Override
  public void answerTo(Answers newAnswers) {
    answers = newAnswers;
  }

  @Override
  public void write(long number, String address, byte[] body) throws IOException {
    if (unanswered.isFull()) {
      flush();
      unanswered.await();
    }
    if (lost.isDone()) {
      throw new NotSentException(new IOException(lost.join()));
    }
    unanswered.sent(body.length);
    connection
        .async()
        .publish(address, body)
        .whenComplete(
            (receivers, failure) -> answered(number, address, body.length, receivers, failure));
  }

  @Override
  public void flush() {
    connection.flushCommands();
  }

  /** Publishes a message whose outcome nobody needs; completes when Redis has it. */
  CompletionStage<Long> publish(String address, byte[] body) {
    CompletionStage<Long> reply = connection.async().publish(address, body);
    flush();
    return reply;
  }

  /** How many connections are subscribed to a name. */
  CompletionStage<Long> subscribers(String name) {
    CompletionStage<Long> count =
        connection.async().pubsubNumsub(name).thenApply(all -> all.getOrDefault(name, 0L));
    flush();
    return count;
  }

  /** The part of the server in its replication, by ROLE; the first item is its name. */
  CompletionStage<List<Object>> role() {
    CompletionStage<List<Object>> role = connection.async().role();
    flush();
    return role;
  }

  private void answered(
      long number,
      String address,
      int size,
      @Nullable Long receivers,
      @Nullable Throwable failure) {
    unanswered.answered(size);
    if (failure != null) {
      answer(number, failed(failure));
      return;
    }
    heartbeat.listening();
    if (receivers != null && receivers > 0) {
      answer(number, PublishOutcome.ACCEPTED);
    } else {
      unheard
          .outcome(this, address)
          .whenComplete((outcome, bad) -> answer(number, bad == null ? outcome : failed(bad)));
    }
  }

  private void answer(long number, PublishOutcome outcome) {
    Answers current = answers;
    if (current != null) {
      current.one(number, outcome);
    }
  }

  private static PublishOutcome failed(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof RedisCommandExecutionException) {
        return new PublishOutcome.Refused(
            Refusal.UNAVAILABLE, "Redis refused it: " + t.getMessage());
      }
    }
    return new PublishOutcome.Unknown(Failures.reason(failure));
  }

  CompletableFuture<Void> close() {
    return connection.closeAsync();
  }
}
