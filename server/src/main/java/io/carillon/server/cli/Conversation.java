package io.carillon.server.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One connection of {@code carillon subscribe}. A {@link Dialect} queues messages on the client's
 * thread, and the command's thread sends them, since a send on the client's thread would wait for
 * that thread.
 */
final class Conversation {

  /** Wakes up the thread that sends. */
  private static final String NOTHING = "";

  /**
   * More subscriptions than a user makes; a server that floods the client with pings gets fewer
   * answers.
   */
  private static final int MAX_OUTGOING = 10_000;

  private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(MAX_OUTGOING);
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile boolean joined;
  private volatile String refusal = "";

  Conversation() {
    ended.thenRun(() -> outgoing.offer(NOTHING));
  }

  /** Sends a text soon. Any thread. */
  void send(String text) {
    outgoing.offer(text);
  }

  /** The first subscription succeeded. */
  void joined() {
    joined = true;
    outgoing.offer(NOTHING);
  }

  boolean hasJoined() {
    return joined;
  }

  /** The connection is no longer useful; another connection may be. */
  void end(String why) {
    ended.complete(why);
  }

  /** Neither this connection nor another one can be useful. */
  void refuse(String why) {
    refusal = why;
    end(why);
  }

  /** Completes with the reason when this connection is no longer useful. */
  CompletableFuture<String> ended() {
    return ended;
  }

  void throwIfRefused() throws IOException {
    if (!refusal.isEmpty()) {
      throw new IOException(refusal);
    }
  }

  /**
   * Sends the queued texts until the connection is no longer useful. Blocks.
   *
   * @param patience how long the other side may take until the first subscription succeeds
   * @return why the connection is no longer useful
   */
  String relay(ChatClient client, Duration patience)
      throws ChatClient.UnreachableException, InterruptedException {
    long start = System.nanoTime();
    while (!ended.isDone()) {
      long left = patience.toNanos() - (System.nanoTime() - start);
      String text =
          joined ? outgoing.take() : outgoing.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
      if (text == null) {
        end("nothing answers the subscription within " + patience.toSeconds() + " s");
      } else if (!text.equals(NOTHING)) {
        client.send(text);
      }
    }
    return ended.join();
  }
}
