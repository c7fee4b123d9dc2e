package io.carillon.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client of the topics protocol on the JDK's WebSocket. */
final class TopicsClient implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final WebSocket socket;

  /**
   * @param listener receives each frame, on one thread at a time
   */
  TopicsClient(URI url, Consumer<String> listener) {
    this.socket = HTTP.newWebSocketBuilder().buildAsync(url, new Inbox(listener)).join();
  }

  void subscribe(String topic) {
    send("{\"action\":\"subscribe\",\"topic\":\"" + topic + "\"}");
  }

  void publish(String topic, String message) {
    send("{\"action\":\"publish\",\"topic\":\"" + topic + "\",\"message\":\"" + message + "\"}");
  }

  private void send(String text) {
    socket.sendText(text, true).join();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Inbox implements WebSocket.Listener {

    private final Consumer<String> listener;
    private final StringBuilder partial = new StringBuilder();

    Inbox(Consumer<String> listener) {
      this.listener = listener;
    }

    @Override
    public void onOpen(WebSocket socket) {
      socket.request(Long.MAX_VALUE);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String text = partial.toString();
        partial.setLength(0);
        listener.accept(text);
      }
      return null;
    }
  }
}
