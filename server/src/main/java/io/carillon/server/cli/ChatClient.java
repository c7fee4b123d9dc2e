package io.carillon.server.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A small WebSocket client for the command line. Safe for use by one sending thread. */
final class ChatClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final WebSocket socket;
  private final CompletableFuture<String> end;

  private static final String NO_TOKEN =
      "401, the node asks for a token (CARILLON_TOKEN or --token-file; `carillon token` makes one)";
  private static final String OTHER_TOKEN = "the node doesn't take this token: ";

  /**
   * The address of a node, and the certificates that are accepted there.
   *
   * @param url ws or wss
   */
  record Way(URI url, SSLContext trust) {}

  /**
   * The address has no node, or the node can't serve this client now; a later attempt may succeed.
   */
  static final class UnreachableException extends IOException {
    UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private ChatClient(WebSocket socket, CompletableFuture<String> end) {
    this.socket = socket;
    this.end = end;
  }

  /**
   * Connects.
   *
   * @param onLine receives every text message, on a thread of the client's
   * @throws IOException if the node can't be reached or refuses the client
   */
  static ChatClient connect(Way way, Consumer<String> onLine)
      throws IOException, InterruptedException {
    return connect(way, "", onLine, new CompletableFuture<>());
  }

  /**
   * Connects with a token.
   *
   * @param token empty for none
   * @param end completed with the connection's end, or by a caller that no longer needs the
   *     connection
   * @throws UnreachableException if a later attempt may succeed
   */
  static ChatClient connect(
      Way way, String token, Consumer<String> onLine, CompletableFuture<String> end)
      throws IOException, InterruptedException {
    try {
      WebSocket.Builder builder =
          HttpClient.newBuilder()
              .sslContext(way.trust())
              .build()
              .newWebSocketBuilder()
              .connectTimeout(CONNECT_TIMEOUT);
      if (!token.isEmpty()) {
        builder.header("Authorization", "Bearer " + token);
      }
      return new ChatClient(builder.buildAsync(way.url(), new Lines(onLine, end)).get(), end);
    } catch (ExecutionException e) {
      throw failure(way.url(), token, e.getCause() == null ? e : e.getCause());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "url: \"%s\" (expected: ws://host:port, and a token that a header can hold)"
              .formatted(NodeUrl.shown(way.url())),
          e);
    }
  }

  private static IOException failure(URI url, String token, Throwable cause) {
    String where = "no WebSocket at " + NodeUrl.shown(url) + ": ";
    if (cause instanceof WebSocketHandshakeException refused) {
      String shown = ResponseLine.shown(refused.getResponse());
      return switch (refused.getResponse().statusCode()) {
        case 401 ->
            new IOException(where + (hasToken(url, token) ? OTHER_TOKEN + shown : NO_TOKEN));
        case 400 -> new IOException(where + "the answer is " + shown + plainHint(url));
        case 301, 302, 303, 307, 308, 403, 404, 426 ->
            new IOException(where + "the answer is " + shown);
        default -> new UnreachableException(where + "the answer is " + shown, cause);
      };
    }
    String what = where + NetworkFailure.reason(cause);
    return TrustOption.distrust(cause).isEmpty()
        ? new UnreachableException(what, cause)
        : new IOException(what, cause);
  }

  /** Some proxies answer like this on a port that speaks TLS. */
  private static String plainHint(URI url) {
    return "ws".equalsIgnoreCase(url.getScheme())
        ? " (where the port speaks TLS, give wss://)"
        : "";
  }

  private static boolean hasToken(URI url, String token) {
    return !token.isEmpty() || String.valueOf(url.getQuery()).contains("token=");
  }

  /**
   * Sends a text message and waits until the system has accepted it.
   *
   * @throws UnreachableException if the connection has ended
   */
  void send(String text) throws UnreachableException {
    try {
      socket.sendText(text, true).join();
    } catch (CompletionException e) {
      cut();
      throw new UnreachableException("the connection has ended", e);
    }
  }

  void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
  }

  /** Ends the connection at once, without a close frame. */
  void cut() {
    socket.abort();
  }

  /** Waits for the end of the connection and describes it. */
  String awaitEnd() {
    return end.join();
  }

  private static final class Lines implements WebSocket.Listener {
    private final Consumer<String> onLine;
    private final CompletableFuture<String> end;
    private final StringBuilder partial = new StringBuilder();

    Lines(Consumer<String> onLine, CompletableFuture<String> end) {
      this.onLine = onLine;
      this.end = end;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        onLine.accept(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end.complete(code + (reason.isEmpty() ? "" : " " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end.complete(error.toString());
    }
  }
}
