package io.carillon.adapter.kit.tcp;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks the relay through one connection and waits for the answer. Any thread asks; the connection's
 * thread brings answers.
 *
 * @param connection carries questions; their numbers are negative, so that outlets may use others
 * @param lost the link's
 */
record Questions(
    TcpConnection connection,
    CompletableFuture<String> lost,
    AtomicLong last,
    Map<Long, CompletableFuture<String>> open) {

  private static final int PATIENCE_SECONDS = 5;

  Questions(TcpConnection connection, CompletableFuture<String> lost) {
    this(connection, lost, new AtomicLong(), new ConcurrentHashMap<>());
  }

  /**
   * @throws IOException when the link is lost meanwhile, or the answer takes too long
   */
  void ask(Frame.Type type, List<String> addresses, byte[] body) throws IOException {
    long number = last.decrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    open.put(number, answer);
    try {
      connection.send(new Frame(type, number, addresses, body));
      CompletableFuture.anyOf(answer, lost).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer to " + type, e);
    } finally {
      open.remove(number);
    }
    if (!answer.isDone()) {
      throw new IOException(lost.join());
    }
  }

  /** The relay has answered. */
  void answered(Frame frame) {
    CompletableFuture<String> answer = open.get(frame.number());
    if (answer != null) {
      answer.complete("done");
    }
  }
}
