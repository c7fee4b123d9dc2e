package io.carillon.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Plain requests to a node. */
final class Http {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** An answer. */
  record Reply(int status, String body) {}

  private Http() {}

  static Reply get(URI node, String path) {
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
