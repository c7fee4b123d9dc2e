package io.carillon.server;

import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.view.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Shows the nodes of the cluster, as this node sees them, to a request with the operator's token.
 * Any thread.
 */
final class NodesEndpoint implements HttpHandler {

  static final String PATH = "/nodes";

  private static final HttpReply OFF =
      HttpReply.text(
          403,
          "This node shows its cluster to nobody (expected: cluster.operator_token in its"
              + " configuration, or CARILLON_CLUSTER_OPERATOR_TOKEN).\n");

  private static final HttpReply UNAUTHORIZED =
      HttpReply.text(
              401,
              "The token is missing or wrong (expected: Authorization: Bearer <the node's"
                  + " cluster.operator_token>).\n")
          .with("WWW-Authenticate", "Bearer");

  private final String name;
  private final @Nullable OperatorToken token;
  private final Cluster cluster;

  NodesEndpoint(ClusterConfig config, Cluster cluster) {
    this.name = config.name();
    this.token = config.operatorToken();
    this.cluster = cluster;
  }

  HttpRoute route() {
    return HttpRoute.of("GET", PathPattern.exact(PATH), this);
  }

  @Override
  public HttpAdmission admit(HttpHead head) {
    if (token == null) {
      return new HttpAdmission.Answered(OFF);
    }
    return token.isShownBy(head.authorization())
        ? new Permitted()
        : new HttpAdmission.Answered(UNAUTHORIZED);
  }

  private final class Permitted implements HttpAdmission.Admitted {

    @Override
    public int maxBodyBytes() {
      return 0;
    }

    @Override
    public HttpReply tooLong() {
      return HttpReply.text(413, "The request has a body (expected: none).\n");
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      exchange.answerWith(
          cluster
              .report()
              .thenApply(
                  report ->
                      HttpReply.json(
                          200, new NodesJson(name, report, NodesDetail.OPERATOR).text())));
    }
  }
}
