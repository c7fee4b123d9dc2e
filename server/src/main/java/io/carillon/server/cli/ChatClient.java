package io.carillon.server.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A small WebSocket client for the command line. Safe for use by one sending thread. */
final class ChatClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final WebSocket socket;
  private final CompletableFuture<String> end;

  private ChatClient(WebSocket socket, CompletableFuture<String> end) {
    this.socket = socket;
    this.end = end;
  }

  /**
   * Connects.
   *
   * @param onLine hears every text message, on a thread of the client's
   * @throws IOException when the node can't be reached or refuses
   */
  static ChatClient connect(URI url, Consumer<String> onLine)
      throws IOException, InterruptedException {
    CompletableFuture<String> end = new CompletableFuture<>();
    try {
      WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .connectTimeout(CONNECT_TIMEOUT)
              .buildAsync(url, new Lines(onLine, end))
              .get();
      return new ChatClient(socket, end);
    } catch (ExecutionException e) {
      throw new IOException("no WebSocket at " + url + ": " + e.getCause(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "url: \"" + url + "\" (expected: ws://host:port/?name=You): " + e.getMessage(), e);
    }
  }

  /** Sends a text message and waits until the system has taken it. */
  void send(String text) {
    socket.sendText(text, true).join();
  }

  void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
  }

  /** Waits for the end of the connection and says how it came. */
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
