package io.carillon.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.machine.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client of the topics protocol on the JDK's WebSocket. It expects frames exactly and in order:
 * what comes in between is a failure, so silence is proven by a later message that comes next.
 */
public final class Client implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How soon an end of the connection is noticed. */
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Inbox inbox = new Inbox();
  private final WebSocket socket;

  private Client(URI url, HttpClient http) {
    this.socket = http.newWebSocketBuilder().buildAsync(url, inbox).join();
  }

  public static Client connect(URI url) {
    return new Client(url, HTTP);
  }

  /** As that HTTP client does it, with its trust for one. */
  public static Client connect(URI url, HttpClient http) {
    return new Client(url, http);
  }

  public Client send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  public Client sendBinary(byte[] data) {
    socket.sendBinary(ByteBuffer.wrap(data), true).join();
    return this;
  }

  /** One message in several frames. */
  public Client sendInParts(String... parts) {
    for (int i = 0; i < parts.length; i++) {
      socket.sendText(parts[i], i == parts.length - 1).join();
    }
    return this;
  }

  public Client subscribe(String topic) {
    return sendSubscribe(topic).expect("System: Subscribed to \"" + topic + "\".");
  }

  public Client sendSubscribe(String topic) {
    return send(Json.object("action", "subscribe", "topic", topic));
  }

  public Client unsubscribe(String topic) {
    return send(Json.object("action", "unsubscribe", "topic", topic))
        .expect("System: Unsubscribed from \"" + topic + "\".");
  }

  public Client publish(String topic, String message) {
    return send(Json.object("action", "publish", "topic", topic, "message", message));
  }

  public Client expectGreeting(String name) {
    return expect(
        "Welcome, " + name + "!",
        "System: Subscribed to \"lobby\".",
        "System: Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.");
  }

  /** The next frames are these. */
  public Client expect(String... frames) {
    for (String frame : frames) {
      assertThat(next()).isEqualTo(frame);
    }
    return this;
  }

  /** This frame comes, after others that don't matter. */
  public Client skipTo(String frame) {
    while (!next().equals(frame)) {}
    return this;
  }

  /** The next frame. */
  public String next() {
    try {
      String frame = inbox.frames.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError(
            "nothing came; the connection is " + (inbox.closed.isDone() ? "closed" : "open"));
      }
      return frame;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The next frame; empty when the connection ends before one comes. */
  public Optional<String> nextUnlessClosed() {
    long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      boolean closed = isClosed();
      Optional<String> frame = poll();
      if (closed || frame.isPresent()) {
        return frame;
      }
    }
    throw new AssertionError("nothing came; the connection is open");
  }

  /** The next frame; empty when there is none for a moment. */
  public Optional<String> poll() {
    try {
      return Optional.ofNullable(
          inbox.frames.poll(isClosed() ? 0 : GLANCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Whether the connection has ended; frames may be left to read. */
  public boolean isClosed() {
    return inbox.closed.isDone();
  }

  /** Plays a dialogue: lines that begin with {@code >} are sent, those with {@code <} expected. */
  public Client play(String dialogue) {
    for (Iterator<String> lines = dialogue.lines().iterator(); lines.hasNext(); ) {
      String line = lines.next();
      String text = line.length() < 2 ? "" : line.substring(2);
      switch (line.charAt(0)) {
        case '>' -> send(text);
        case '<' -> expect(text);
        default -> throw new IllegalArgumentException("neither > nor <: " + line);
      }
    }
    return this;
  }

  /** The server's close code, behind which nothing is left to read. */
  public int awaitClose() {
    try {
      int code = inbox.closed.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(inbox.frames).isEmpty();
      return code;
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the server did not close the connection", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Leaves with a close frame. */
  public void leave() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  /** Goes without a word. */
  @Override
  public void close() {
    socket.abort();
  }

  /** Puts frames together and keeps them. */
  private static final class Inbox implements WebSocket.Listener {

    final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();

    @Override
    public void onOpen(WebSocket socket) {
      socket.request(Long.MAX_VALUE);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        frames.add(partial.toString());
        partial.setLength(0);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
