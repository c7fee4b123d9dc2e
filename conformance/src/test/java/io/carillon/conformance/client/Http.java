package io.carillon.conformance.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Plain requests to a node. */
public final class Http {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** An answer. */
  public record Reply(int status, String body) {}

  /** An upgrade that was refused. */
  public record Refusal(int status, Optional<String> retryAfter) {}

  private Http() {}

  /** Asks for a WebSocket where none is to be had. */
  public static Refusal refusedUpgrade(URI node) {
    try {
      HTTP.newWebSocketBuilder().buildAsync(node, new WebSocket.Listener() {}).join().abort();
      throw new AssertionError(node + ": welcome (expected: refused)");
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        HttpResponse<?> response = refused.getResponse();
        return new Refusal(response.statusCode(), response.headers().firstValue("Retry-After"));
      }
      throw e;
    }
  }

  /** Asks a node by plain HTTP. */
  public static Reply get(URI node, String path) {
    URI url = URI.create("http://" + node.getAuthority() + path);
    try {
      HttpResponse<String> response =
          HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
