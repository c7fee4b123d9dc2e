package io.carillon.server.cli;

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
 * A request of an operator, without a body.
 *
 * @param method GET or POST
 * @param url the address
 * @param authorization the value of the header
 */
record OperatorRequest(String method, URI url, String authorization) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Sends it and waits for the answer.
   *
   * @throws IOException if no answer comes; the message is the reason alone
   * @throws IllegalArgumentException if the URL or the header can't be sent; the message may quote
   *     a secret
   */
  HttpResponse<String> send(SSLContext tls) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Authorization", authorization)
            .method(method, BodyPublishers.noBody())
            .build();
    try (HttpClient http =
        HttpClient.newBuilder().sslContext(tls).connectTimeout(PATIENCE).build()) {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(NetworkFailure.reason(e), e);
    }
  }
}
