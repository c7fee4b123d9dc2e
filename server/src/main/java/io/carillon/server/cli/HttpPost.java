package io.carillon.server.cli;

import io.carillon.dialect.PublishRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * A request that publishes, and the address that it goes to.
 *
 * @param url the whole address
 */
record HttpPost(URI url, PublishRequest request) {

  /**
   * Longer than a node takes to answer: a publication waits at most 10 s to be written to the
   * broker, and then at most 10 s for the broker's answer.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Sends it and waits for the answer.
   *
   * @throws IOException if no answer comes
   * @throws IllegalArgumentException if the URL or the header can't be sent; the message may quote
   *     a secret
   */
  HttpResponse<String> send(SSLContext tls) throws IOException, InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request.json()));
    if (!request.authorization().isEmpty()) {
      post.header("Authorization", request.authorization());
    }
    try (HttpClient http =
        HttpClient.newBuilder().sslContext(tls).connectTimeout(PATIENCE).build()) {
      return http.send(post.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(
          "no answer of " + NodeUrl.shown(url) + ": " + NetworkFailure.reason(e), e);
    }
  }
}
