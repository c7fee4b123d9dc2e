package io.carillon.server;

import io.carillon.http.HttpExchange;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.view.Cluster;

/** Shows an operator the nodes of the cluster, as this node sees them. Any thread. */
final class NodesEndpoint {

  private final ClusterConfig config;
  private final Cluster cluster;

  NodesEndpoint(ClusterConfig config, Cluster cluster) {
    this.config = config;
    this.cluster = cluster;
  }

  HttpRoute route() {
    return HttpRoute.of(
        "GET", PathPattern.exact("/nodes"), new OperatorDoor(config.operatorToken(), this::answer));
  }

  private void answer(HttpExchange exchange) {
    exchange.answerWith(
        cluster
            .report()
            .thenApply(
                report ->
                    HttpReply.json(
                        200, new NodesJson(config.name(), report, NodesDetail.OPERATOR).text())));
  }
}
