package io.carillon.server.cli;

import io.carillon.server.metrics.MetricsConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the nodes of a cluster, as one of them sees it. */
@Command(
    name = "nodes",
    description = "Show the nodes of a cluster, as one of them sees it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The node needs metrics.enabled and cluster.operator_token. The token is read",
      "from CARILLON_TOKEN where no option gives it. Exit code 0: the node has",
      "answered; 1: it has not, or refuses; 2: usage."
    })
final class NodesCommand implements Callable<Integer> {

  private static final String PATH = "/nodes";

  @Spec private CommandSpec spec = CommandSpec.create();

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

  @Option(names = "--json", description = "Print the node's answer as it is.")
  private boolean json;

  @Mixin private TrustOption trust = new TrustOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    NodeUrl.requireHost(url, spec.commandLine());
    String secret = token.read(spec.commandLine());
    if (secret.isEmpty()) {
      throw usage(
          "no token (expected: the node's cluster.operator_token, by CARILLON_TOKEN, --token-file"
              + " or --token)");
    }
    HttpResponse<String> response = ask(secret);
    if (response.statusCode() != 200) {
      throw new IOException(refusal(response));
    }
    Optional<NodesReply> reply = NodesReply.parse(response.body());
    if (reply.isEmpty()) {
      throw new IOException(strange("its answer is no cluster"));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? response.body() : NodesTable.of(reply.get()));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private HttpResponse<String> ask(String secret) throws IOException, InterruptedException {
    String prefix = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
    try {
      return new HttpGet(NodeUrl.http(url, prefix + PATH, ""), "Bearer " + secret)
          .send(trust.context());
    } catch (IllegalArgumentException e) {
      // The client's message would quote a token that no header can hold.
      throw usage("the URL or the token can't be used (expected: http://host:port)");
    } catch (IOException e) {
      throw new IOException(
          "no answer of %s: %s (expected: the port of a node with metrics.enabled=true; its log says \"Metrics are at\", and metrics.host is 127.0.0.1 unless it is set)"
              .formatted(NodeUrl.shown(url), e.getMessage()),
          e);
    }
  }

  private String refusal(HttpResponse<String> response) {
    return switch (response.statusCode()) {
      case 401 ->
          "the token is wrong (expected: cluster.operator_token of the node at %s)"
              .formatted(NodeUrl.shown(url));
      case 404, 405, 426 -> strange("it answers " + response.statusCode());
      default -> ResponseLine.shown(response);
    };
  }

  private String strange(String what) {
    return "%s is not the metrics' port of a node that shows its cluster: %s (expected: metrics.port, 9601 unless it is set)"
        .formatted(NodeUrl.shown(url), what);
  }

  private ParameterException usage(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
