package io.carillon.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table of routes: which handler answers a plain request. The first route that fits counts.
 * Immutable; any thread.
 */
public final class HttpRoutes {

  private final PathPrefix prefix;
  private final List<HttpRoute> routes;
  private final Function<String, HttpReply> nowhere;

  /**
   * @param prefix the prefix of the node's paths
   * @param routes in the order in which they are tried
   * @param nowhere the answer for a decoded path, prefix included, that matches no route
   */
  public HttpRoutes(
      PathPrefix prefix, List<HttpRoute> routes, Function<String, HttpReply> nowhere) {
    this.prefix = prefix;
    this.routes = List.copyOf(routes);
    this.nowhere = nowhere;
  }

  /** Has the handler of its route decide about a request. */
  public HttpAdmission admit(HttpHead head) {
    Paths paths = pathsOf(head.sentPath(), PercentDecoder.decodePath(head.sentPath()));
    for (HttpRoute route : routes) {
      String path = route.takes(head.method()) ? paths.seenBy(route) : null;
      if (path != null && route.pattern().matches(path)) {
        return route.handler().admit(head.at(path));
      }
    }
    return new HttpAdmission.Answered(nowhere.apply(paths.decoded().whole()));
  }

  /** Whether a GET of this path, which is not encoded, has a route. */
  public boolean hasRoute(String path) {
    Paths paths = pathsOf(path, path);
    return routes.stream()
        .filter(route -> route.takes("GET"))
        .anyMatch(
            route -> {
              String seen = paths.seenBy(route);
              return seen != null && route.pattern().matches(seen);
            });
  }

  /**
   * The answer for unknown paths.
   *
   * @param path decoded
   */
  public HttpReply nothingAt(String path) {
    return nowhere.apply(path);
  }

  private Paths pathsOf(String sent, String decoded) {
    Views views = viewsOf(sent);
    return new Paths(views, decoded.equals(sent) ? views : viewsOf(decoded));
  }

  private Views viewsOf(String path) {
    String below = prefix.below(path).orElse(null);
    return new Views(path, below, below == null ? path : below);
  }

  /**
   * One form of a path, as routes of each reach see it.
   *
   * @param below null if the path is not below the prefix
   */
  private record Views(String whole, @Nullable String below, String bare) {}

  /** A request's path in both forms. */
  private record Paths(Views sent, Views decoded) {

    /** The path as a route sees it; null if the route doesn't reach it. */
    @Nullable String seenBy(HttpRoute route) {
      Views views =
          switch (route.pattern().form()) {
            case DECODED -> decoded;
            case SENT -> sent;
          };
      return switch (route.reach()) {
        case EVERYWHERE -> views.bare();
        case BELOW_PREFIX -> views.below();
        case WITH_PREFIX -> views.whole();
      };
    }
  }
}
