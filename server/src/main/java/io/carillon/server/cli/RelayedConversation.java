package io.carillon.server.cli;

import io.carillon.dialect.Conversation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One connection of {@code carillon subscribe}. A listener queues messages on the client's thread,
 * and the command's thread sends them, since a send on the client's thread would wait for that
 * thread.
 */
final class RelayedConversation implements Conversation {

  /** Wakes up the thread that sends. */
  private static final String NOTHING = "";

  /**
   * More subscriptions than a user makes; a server that floods the client with pings gets fewer
   * answers.
   */
  private static final int MAX_OUTGOING = 10_000;

  private final Printout printout;
  private final Function<String, Optional<String>> refusalOf;
  private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(MAX_OUTGOING);
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile boolean joined;
  private volatile String refusal = "";

  /**
   * @param printout takes the messages
   * @param refusalOf the refusal of a server that another dialect recognises by a line
   */
  RelayedConversation(Printout printout, Function<String, Optional<String>> refusalOf) {
    this.printout = printout;
    this.refusalOf = refusalOf;
    ended.thenRun(() -> outgoing.offer(NOTHING));
  }

  @Override
  public void send(String text) {
    outgoing.offer(text);
  }

  @Override
  public void joined() {
    joined = true;
    outgoing.offer(NOTHING);
  }

  @Override
  public boolean hasJoined() {
    return joined;
  }

  /** Prints a message, and ends the connection after the last wanted one. */
  @Override
  public void deliver(String message) {
    printout.print(message);
    if (printout.isDone()) {
      end("done");
    }
  }

  @Override
  public void end(String why) {
    ended.complete(why);
  }

  @Override
  public void refuse(String why) {
    refusal = why;
    end(why);
  }

  @Override
  public void unrecognised(String line) {
    if (!joined) {
      refusalOf.apply(line).ifPresent(this::refuse);
    }
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
