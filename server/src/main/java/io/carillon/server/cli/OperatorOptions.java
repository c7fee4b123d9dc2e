package io.carillon.server.cli;

import io.carillon.server.metrics.MetricsConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The node that a command of an operator asks, and the operator's token. */
final class OperatorOptions {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The metrics' port of a node (http://127.0.0.1:9601).")
  private URI url =
      URI.create(
          "http://%s:%d"
              .formatted(
                  MetricsConfig.Prometheus.DEFAULTS.host(),
                  MetricsConfig.Prometheus.DEFAULTS.port()));

  @Mixin private TokenOption token = new TokenOption();
  @Mixin private TrustOption trust = new TrustOption();

  /**
   * Sends a request without a body and waits for the answer.
   *
   * @param expected the status of an answer that is no refusal
   * @throws ParameterException if the options are no address and token
   * @throws IOException if no answer comes, or if the node refuses; the message is for the operator
   */
  HttpResponse<String> ask(CommandLine command, String method, String path, int expected)
      throws IOException, InterruptedException {
    NodeUrl.requireHost(url, command);
    String secret = token.read(command);
    if (secret.isEmpty()) {
      throw new ParameterException(
          command,
          "no token (expected: the node's cluster.operator_token, by CARILLON_TOKEN, --token-file"
              + " or --token)");
    }
    HttpResponse<String> response = send(command, method, path, secret);
    if (response.statusCode() != expected) {
      throw new IOException(refusal(response));
    }
    return response;
  }

  private HttpResponse<String> send(CommandLine command, String method, String path, String secret)
      throws IOException, InterruptedException {
    String prefix = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
    try {
      return new OperatorRequest(method, NodeUrl.http(url, prefix + path, ""), "Bearer " + secret)
          .send(trust.context());
    } catch (IllegalArgumentException e) {
      // The client's message would quote a token that no header can hold.
      throw new ParameterException(
          command, "the URL or the token can't be used (expected: http://host:port)");
    } catch (IOException e) {
      throw new IOException(
          "no answer of %s: %s (expected: the port of a node with metrics.enabled=true; its log says \"Metrics are at\", and metrics.host is 127.0.0.1 unless it is set)"
              .formatted(shown(), e.getMessage()),
          e);
    }
  }

  private String refusal(HttpResponse<String> response) {
    return switch (response.statusCode()) {
      case 401 ->
          "the token is wrong (expected: cluster.operator_token of the node at %s)"
              .formatted(shown());
      case 404, 405, 426 -> strange("it answers " + response.statusCode());
      default -> ResponseLine.shown(response);
    };
  }

  /** The error about an answer that no node gives. */
  String strange(String what) {
    return "%s is not the metrics' port of a node with an operator: %s (expected: metrics.port, 9601 unless it is set)"
        .formatted(shown(), what);
  }

  /** The node's address, without a secret. */
  String shown() {
    return NodeUrl.shown(url);
  }
}
