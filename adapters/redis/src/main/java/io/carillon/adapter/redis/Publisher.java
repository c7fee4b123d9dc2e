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
  private final PubSub commands;
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
   * @param commands for this connection
   * @param lost the link's
   * @param unheard the outcome if nobody is subscribed
   */
  Publisher(
      StatefulRedisConnection<String, byte[]> connection,
      PubSub commands,
      Environment environment,
      CompletableFuture<String> lost,
      Unheard unheard) {
    this.connection = connection;
    this.commands = commands;
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
    awaitRoom();
    send(address, body)
        .whenComplete(
            (outcome, failure) -> {
              if (failure == null) {
                answer(number, outcome);
              } else {
                answer(number, failed(failure));
                loseIfMoved(failure);
              }
            });
  }

  /** Waits until the next message may be sent. */
  void awaitRoom() throws NotSentException {
    if (unanswered.isFull()) {
      flush();
      unanswered.await();
    }
    if (lost.isDone()) {
      throw new NotSentException(new IOException(lost.join()));
    }
  }

  /**
   * Sends a message, with the next {@link #flush}; waits for nothing. Any thread.
   *
   * @return its outcome; completes exceptionally if Redis has refused it or its fate is unknown,
   *     which {@link #failed} tells apart
   */
  CompletionStage<PublishOutcome> send(String address, byte[] body) {
    unanswered.sent(body.length);
    return commands
        .publish(connection.async(), address, body)
        .whenComplete((receivers, failure) -> unanswered.answered(body.length))
        .thenCompose(
            receivers -> {
              heartbeat.listening();
              return receivers > 0
                  ? CompletableFuture.completedStage(PublishOutcome.ACCEPTED)
                  : unheard.outcome(this, address);
            });
  }

  /** All messages of the lane go to one slot, and their order would not survive its move. */
  private void loseIfMoved(Throwable failure) {
    if (Failures.isRedirection(failure)) {
      lost.complete("the slot of the messages between nodes has moved to another server");
    }
  }

  @Override
  public void flush() {
    connection.flushCommands();
  }

  /** Publishes a message whose outcome nobody needs; completes when Redis has it. */
  CompletionStage<Long> publish(String address, byte[] body) {
    CompletionStage<Long> reply = commands.publish(connection.async(), address, body);
    flush();
    return reply;
  }

  /** How many connections are subscribed to a name. */
  CompletionStage<Long> subscribers(String name) {
    CompletionStage<Long> count =
        commands.subscribers(connection.async(), name).thenApply(all -> all.getOrDefault(name, 0L));
    flush();
    return count;
  }

  /** The part of the server in its replication, by ROLE; the first item is its name. */
  CompletionStage<List<Object>> role() {
    CompletionStage<List<Object>> role = connection.async().role();
    flush();
    return role;
  }

  /** The slots' masters as this server knows them, by CLUSTER SLOTS. */
  CompletionStage<List<Object>> slots() {
    CompletionStage<List<Object>> slots = connection.async().clusterSlots();
    flush();
    return slots;
  }

  private void answer(long number, PublishOutcome outcome) {
    Answers current = answers;
    if (current != null) {
      current.one(number, outcome);
    }
  }

  /** The outcome of a message that could not be sent. */
  static PublishOutcome failed(Throwable failure) {
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
