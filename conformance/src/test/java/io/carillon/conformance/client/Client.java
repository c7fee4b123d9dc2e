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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A decent client on the JDK's WebSocket, a library that shares nothing with the server, and which
 * answers pings by itself. {@link RawClient} is the one for bytes that no library sends. It has two
 * modes:
 *
 * <ul>
 *   <li>It keeps messages and expects them exactly and in order: a message in between is a failure,
 *       so silence is proven by a later message that comes next.
 *   <li>It hands each message to a listener and keeps none, for tests that keep a log of their own.
 * </ul>
 */
public final class Client implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How soon an end of the connection is noticed. */
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private Client(URI url, HttpClient http) {
    this.socket =
        http.newWebSocketBuilder().buildAsync(url, new Inbox(messages::add, closed)).join();
  }

  private Client(URI url, Consumer<String> listener) {
    this.socket = HTTP.newWebSocketBuilder().buildAsync(url, new Inbox(listener, closed)).join();
  }

  /** Connects, and keeps what comes. */
  public static Client connect(URI url) {
    return new Client(url, HTTP);
  }

  /** Connects as that HTTP client does it, with its trust for one, and keeps what comes. */
  public static Client connect(URI url, HttpClient http) {
    return new Client(url, http);
  }

  /**
   * Connects, and hands each message to the listener, one after the other, on a library's thread.
   */
  public static Client listen(URI url, Consumer<String> listener) {
    return new Client(url, listener);
  }

  /** Sends a text message; returns when the library has written it. */
  public Client send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** Sends a binary message; returns when the library has written it. */
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

  /** Subscribes to a topic, which has to succeed with the next message. */
  public Client subscribe(String topic) {
    return sendSubscribe(topic).expect("System: Subscribed to \"" + topic + "\".");
  }

  /** Asks for a topic, and waits for no answer. */
  public Client sendSubscribe(String topic) {
    return send(Json.object("action", "subscribe", "topic", topic));
  }

  /** Leaves a topic, which has to succeed with the next message. */
  public Client unsubscribe(String topic) {
    return send(Json.object("action", "unsubscribe", "topic", topic))
        .expect("System: Unsubscribed from \"" + topic + "\".");
  }

  /** Publishes to a topic, and waits for no answer. */
  public Client publish(String topic, String message) {
    return send(Json.object("action", "publish", "topic", topic, "message", message));
  }

  /** The next messages are the greeting of a client with this name. */
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
      String frame = messages.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError(
            "nothing came; the connection is " + (closed.isDone() ? "closed" : "open"));
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
          messages.poll(isClosed() ? 0 : GLANCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Completes at the connection's end with the server's close code, or with what broke it. */
  public CompletionStage<Integer> end() {
    return closed.copy();
  }

  /** Whether the connection has ended; messages may be left to read. */
  public boolean isClosed() {
    return closed.isDone();
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
      int code = closed.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(messages).isEmpty();
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

  /** Puts the parts of a message together. */
  private static final class Inbox implements WebSocket.Listener {
    private final Consumer<String> listener;
    private final CompletableFuture<Integer> closed;
    private final StringBuilder partial = new StringBuilder();

    Inbox(Consumer<String> listener, CompletableFuture<Integer> closed) {
      this.listener = listener;
      this.closed = closed;
    }

    @Override
    public void onOpen(WebSocket socket) {
      socket.request(Long.MAX_VALUE);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String message = partial.toString();
        partial.setLength(0);
        listener.accept(message);
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
