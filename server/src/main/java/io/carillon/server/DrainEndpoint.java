package io.carillon.server;

import io.carillon.http.HttpExchange;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import java.util.concurrent.CompletableFuture;

/** An operator asks the node to drain and to end, as SIGTERM does. Any thread. */
final class DrainEndpoint {

  private final ClusterConfig cluster;
  private final DrainConfig drain;
  private final CompletableFuture<Void> asked;

  /**
   * @param asked completed by the first request
   */
  DrainEndpoint(ClusterConfig cluster, DrainConfig drain, CompletableFuture<Void> asked) {
    this.cluster = cluster;
    this.drain = drain;
    this.asked = asked;
  }

  HttpRoute route() {
    return HttpRoute.of(
        "POST",
        PathPattern.exact("/drain"),
        new OperatorDoor(cluster.operatorToken(), this::answer));
  }

  private void answer(HttpExchange exchange) {
    exchange.answer(
        HttpReply.json(
            202,
            "{\"status\":\"draining\",\"ends_within_ms\":%d}\n"
                .formatted(drain.deadline().toMillis())));
    asked.complete(null);
  }
}
