package io.carillon.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpRoute.Reach;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRoutesTest {

  /** Answers with the route's name and the path that it sees. */
  private static HttpHandler named(String name) {
    return HttpHandler.answering(head -> HttpReply.text(200, name + " " + head.path()));
  }

  private static HttpRoutes routes(String prefix) {
    return new HttpRoutes(
        PathPrefix.of(prefix),
        List.of(
            HttpRoute.any(PathPattern.below("/raw/").asSent(), named("raw")),
            HttpRoute.of("OPTIONS", PathPattern.exact("*"), named("all")),
            HttpRoute.any(PathPattern.exact("/up"), named("up")),
            HttpRoute.any(PathPattern.exact("/ws"), named("whole")).at(Reach.WITH_PREFIX),
            HttpRoute.of("GET", PathPattern.exact("/"), named("page")).at(Reach.BELOW_PREFIX),
            HttpRoute.any(PathPattern.below("/app/"), named("app")),
            HttpRoute.any(PathPattern.exact("/up"), named("never"))),
        path -> HttpReply.text(404, "nothing " + path));
  }

  private static String answer(HttpRoutes routes, String method, String target) {
    return routes.admit(HttpHead.of(method, target)) instanceof HttpAdmission.Answered(var reply)
        ? reply.body()
        : "no answer";
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /up, up /up",
    "POST, /up?x=/app/, up /up",
    "GET, /u%70, up /up",
    "GET, /raw/a%2Fb, raw /raw/a%2Fb",
    "GET, /%72aw/a, nothing /raw/a",
    "GET, /app/a%2Fb, app /app/a/b",
    "GET, /, page /",
    "HEAD, /, nothing /",
    "OPTIONS, *, all *",
    "GET, *, nothing *",
    "GET, /ws, whole /ws",
    "GET, /up/, nothing /up/"
  })
  void takesTheFirstRouteThatFits(String method, String target, String answer) {
    assertThat(answer(routes(""), method, target)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "/ws/up, up /up",
    "/up, up /up",
    "/ws/raw/%61, raw /raw/%61",
    "/raw/%61, raw /raw/%61",
    "/ws/, page /",
    "/, nothing /",
    "/ws, whole /ws",
    "/w%73/app/k, app /app/k",
    "/w%73/raw/k, nothing /ws/raw/k",
    "/wsx/up, nothing /wsx/up"
  })
  void findsRoutesBelowThePrefixAndWhereAProxyHasTakenItAway(String target, String answer) {
    assertThat(answer(routes("/ws"), "GET", target)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"/up, true", "/ws/up, true", "/ws/, true", "/, false", "/ws/raw/x, true", "*, false"})
  void knowsWhereSomethingIs(String path, boolean something) {
    assertThat(routes("/ws").hasRoute(path)).isEqualTo(something);
  }
}
