package io.carillon.server;

import io.carillon.http.HttpHandler;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.membership.Incompatibility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A node's answers to health checks of load balancers and people. Safe for use by many threads.
 *
 * <p>{@code /up} (and {@code /health}) asks whether the node can hold its clients. A shared broker
 * that is away must never make a balancer disconnect every client of every node, so the answer
 * stays 200 and says "degraded". Until a node has joined its cluster for the first time it has no
 * clients and no view to answer from, so it answers 404. {@code /ready} asks whether to send new
 * clients. 404 means "no new clients, keep the connected ones".
 */
final class Health {

  private final BooleanSupplier busUp;
  private final BooleanSupplier joined;
  private final Supplier<Optional<Incompatibility>> incompatibility;
  private final Supplier<Duration> viewAge;
  private final BooleanSupplier full;

  /** Whether a check or a client has found that this node has joined its cluster. Any thread. */
  private volatile boolean hasJoined;

  /** Set by the thread that stops the node, read by event loops. */
  private volatile boolean draining;

  /** Set and read by the same threads. */
  private volatile boolean ended;

  /**
   * @param busUp whether the message bus can be used
   * @param joined whether the node knows what the other nodes hold
   * @param incompatibility a node whose version is too far from this node's, if one is heard; it
   *     keeps this node out until this node has joined
   * @param viewAge how old the node's view of the cluster is
   * @param full whether there is no place for another client
   */
  Health(
      BooleanSupplier busUp,
      BooleanSupplier joined,
      Supplier<Optional<Incompatibility>> incompatibility,
      Supplier<Duration> viewAge,
      BooleanSupplier full) {
    this.busUp = busUp;
    this.joined = joined;
    this.incompatibility = incompatibility;
    this.viewAge = viewAge;
    this.full = full;
  }

  /** Accepts no new clients from now on. */
  void drain() {
    draining = true;
  }

  /** Accepts no new clients and no more publications from now on. */
  void end() {
    draining = true;
    ended = true;
  }

  boolean isDraining() {
    return draining;
  }

  boolean isBusUp() {
    return busUp.getAsBoolean();
  }

  /**
   * Health checks, at paths with or without a slash behind them. {@code OPTIONS} of the whole node
   * is one, too: balancers that are given no path check so whether it is up.
   */
  List<HttpRoute> routes() {
    List<HttpRoute> routes = new ArrayList<>();
    for (String whole : List.of("/", "*")) {
      routes.add(HttpRoute.of("OPTIONS", PathPattern.exact(whole), answering(this::options)));
    }
    Map<String, Supplier<HttpReply>> checks =
        Map.of("/up", this::up, "/health", this::up, "/ready", this::ready, "/live", Health::live);
    checks.forEach(
        (path, check) -> {
          routes.add(HttpRoute.any(PathPattern.exact(path), answering(check)));
          routes.add(HttpRoute.any(PathPattern.exact(path + "/"), answering(check)));
        });
    return routes;
  }

  private static HttpHandler answering(Supplier<HttpReply> answer) {
    return HttpHandler.answering(_ -> answer.get());
  }

  private HttpReply options() {
    return up().with("Allow", "GET, HEAD, OPTIONS");
  }

  private static HttpReply live() {
    return status(200, "ok");
  }

  /** Why new clients are refused now; empty if they are accepted. */
  Optional<HttpReply> refusal() {
    if (draining) {
      return Optional.of(HttpReply.tryAgain("This node is going down; try another.\n"));
    }
    if (!busUp.getAsBoolean()) {
      return Optional.of(HttpReply.tryAgain("The message bus is away; try again soon.\n"));
    }
    if (!isJoined()) {
      return Optional.of(
          HttpReply.tryAgain(
              isKeptOut()
                  ? "This node's version is too far from its cluster's; try another.\n"
                  : "This node is joining its cluster; try again soon.\n"));
    }
    return Optional.empty();
  }

  private boolean isKeptOut() {
    return !isJoined() && incompatibility.get().isPresent();
  }

  /**
   * Why publishing over HTTP is refused now, in a few words; empty if it is possible. A node that
   * drains still accepts publications: a balancer sends requests until it notices the drain, and it
   * doesn't repeat a POST that was refused. The nodes that keep this one out may not be able to
   * read its publications.
   */
  Optional<String> publishUnavailable() {
    if (ended) {
      return Optional.of("this node is going down; try another");
    }
    if (!busUp.getAsBoolean()) {
      return Optional.of("message bus is away");
    }
    return isKeptOut()
        ? Optional.of("this node's version is too far from its cluster's; try another")
        : Optional.empty();
  }

  private HttpReply up() {
    if (draining) {
      return status(404, "draining");
    }
    if (!hasJoined && !isJoined()) {
      return busUp.getAsBoolean() ? joining() : degraded(404);
    }
    return busUp.getAsBoolean() ? status(200, "ok") : degraded(200);
  }

  private HttpReply ready() {
    if (draining) {
      return status(404, "draining");
    }
    if (!busUp.getAsBoolean()) {
      return degraded(404);
    }
    if (!isJoined()) {
      return joining();
    }
    if (full.getAsBoolean()) {
      return status(404, "full");
    }
    return incompatibility
        .get()
        .map(warning -> HttpReply.json(200, HealthJson.warned(warning)))
        .orElseGet(() -> status(200, "ok"));
  }

  private boolean isJoined() {
    boolean now = joined.getAsBoolean();
    if (now && !hasJoined) {
      hasJoined = true;
    }
    return now;
  }

  private HttpReply joining() {
    return incompatibility
        .get()
        .map(reason -> HttpReply.json(404, HealthJson.keptOut(reason)))
        .orElseGet(() -> status(404, "joining"));
  }

  /** Until the bus is back, questions about the cluster are answered from the last view. */
  private HttpReply degraded(int code) {
    return HttpReply.json(
        code,
        "{\"status\":\"degraded\",\"reason\":\"message bus is away\",\"view_age_seconds\":%d}\n"
            .formatted(viewAge.get().toSeconds()));
  }

  private static HttpReply status(int code, String status) {
    return HttpReply.json(code, "{\"status\":\"" + status + "\"}\n");
  }
}
