package io.carillon.adapter.redis;

import io.carillon.adapter.kit.CallbackFailures;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.LinkHeartbeat;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection by which one lane of a link receives. Its one thread hands messages on, in order;
 * while that thread is busy, it reads nothing more, and messages wait in Redis.
 */
final class Subscriber extends RedisPubSubAdapter<String, byte[]> {

  private final StatefulRedisPubSubConnection<String, byte[]> connection;
  private final PubSub commands;
  private final Sink sink;
  private final Consumer<String> unasked;
  private final CompletableFuture<String> lost;
  private final CallbackFailures failures;
  private final Duration patience;
  private final LinkHeartbeat heartbeat;

  /** The request to subscribe that waits for its answers; null before the first. */
  private volatile @Nullable Confirmation subscribing;

  /** The request to unsubscribe that waits for its answers; null before the first. */
  private volatile @Nullable Confirmation unsubscribing;

  /** The names that this node is unsubscribing from. Any thread. */
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();

  /**
   * @param commands for this connection
   * @param sink takes names and messages
   * @param unasked receives a name from which Redis has unsubscribed this node by itself, on the
   *     connection's thread
   * @param lost the link's
   * @param failures notices exceptions of the sink
   * @param patience how long an answer may take
   */
  Subscriber(
      StatefulRedisPubSubConnection<String, byte[]> connection,
      PubSub commands,
      Sink sink,
      Consumer<String> unasked,
      Environment environment,
      CompletableFuture<String> lost,
      CallbackFailures failures,
      Duration patience) {
    this.connection = connection;
    this.commands = commands;
    this.sink = sink;
    this.unasked = unasked;
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
   * Subscribes, and waits for Redis' answers: they prove that messages are routed here. Called by
   * one thread at a time.
   *
   * @param names at least one; none is subscribed to
   */
  void subscribe(Collection<String> names) throws IOException {
    if (!subscribe(names, Redirections.NONE).isEmpty()) {
      throw new IOException("another server serves these names");
    }
  }

  /**
   * The same, for a server that may no longer serve the slots of some names.
   *
   * @return the names that were redirected, to which nothing is subscribed
   */
  Set<String> subscribe(Collection<String> names, Redirections redirections) throws IOException {
    Confirmation confirmation = new Confirmation(names);
    subscribing = confirmation;
    return await(
        confirmation, commands.ask(names, commands.subscribing(connection.async())), redirections);
  }

  /**
   * Unsubscribes, and waits for Redis' answers. A server that no longer serves a name's slot has
   * unsubscribed this node already.
   */
  void unsubscribe(Collection<String> names) throws IOException {
    leaving.addAll(names);
    Confirmation confirmation = new Confirmation(names);
    unsubscribing = confirmation;
    Set<String> gone =
        await(
            confirmation,
            commands.ask(names, commands.unsubscribing(connection.async())),
            Failures::isRedirection);
    leaving.removeAll(gone);
  }

  /** Unsubscribes and waits for nothing. Any thread. */
  void leave(String name) {
    leaving.add(name);
    commands.ask(List.of(name), commands.unsubscribing(connection.async()));
  }

  /** Takes messages. */
  @FunctionalInterface
  interface Sink {

    /** A message has come. On the connection's thread. */
    void accept(Subscriber from, String name, byte[] body);
  }

  /** Follows redirections. */
  @FunctionalInterface
  interface Redirections {

    /** Takes every failure for what it is. */
    Redirections NONE = failure -> false;

    /**
     * Whether a failure is a redirection; the map of slots then knows of it. Called on the
     * connection's thread.
     */
    boolean follow(Throwable failure);
  }

  private Set<String> await(
      Confirmation confirmation, List<PubSub.Asked> asked, Redirections redirections)
      throws IOException {
    Set<String> redirected = ConcurrentHashMap.newKeySet();
    for (PubSub.Asked command : asked) {
      // Lettuce completes a command with the first answer; only its failure counts.
      command
          .answer()
          .exceptionally(
              failure -> {
                if (redirections.follow(failure)) {
                  redirected.addAll(command.names());
                  command.names().forEach(confirmation::answered);
                } else {
                  confirmation.failed(failure);
                }
                return null;
              });
    }
    CompletableFuture<Void> done = confirmation.done();
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
    return Set.copyOf(redirected);
  }

  @Override
  public void subscribed(String name, long count) {
    answered(subscribing, name);
  }

  @Override
  public void ssubscribed(String name, long count) {
    answered(subscribing, name);
  }

  @Override
  public void unsubscribed(String name, long count) {
    left(name);
  }

  @Override
  public void sunsubscribed(String name, long count) {
    left(name);
  }

  private void left(String name) {
    if (leaving.remove(name)) {
      answered(unsubscribing, name);
    } else {
      unasked.accept(name);
    }
  }

  private static void answered(@Nullable Confirmation waiting, String name) {
    if (waiting != null) {
      waiting.answered(name);
    }
  }

  @Override
  public void smessage(String name, byte[] body) {
    message(name, body);
  }

  @Override
  public void message(String name, byte[] body) {
    heartbeat.busy();
    try {
      sink.accept(this, name, body);
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
