package io.carillon.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPrefix;
import io.carillon.http.RequestHeaders;
import io.carillon.testkit.RecordingExchange;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

  private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

  private final Page page = Page.of("node-1");

  @Test
  void everythingThatThePageRefersToIsServed() {
    Matcher references = REFERENCE.matcher(get("/").body());

    assertThat(references.results().map(found -> found.group(1)).distinct())
        .hasSizeGreaterThan(4)
        .allSatisfy(name -> assertThat(get("/" + name).status()).isEqualTo(200));
  }

  @Test
  void thePageKnowsThatANodeHasServedIt() {
    assertThat(get("/").body()).contains("data-served=\"by-a-node\"");
    assertThat(get("/index.html")).isEqualTo(get("/"));
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/page.css, text/css; charset=utf-8",
    "/page.js, text/javascript; charset=utf-8",
    "/icon.svg, image/svg+xml"
  })
  void nothingOnItMayComeFromElsewhereOrBeTakenForSomethingElse(String path, String contentType) {
    HttpReply reply = get(path);

    assertThat(reply.contentType()).isEqualTo(contentType);
    assertThat(reply.headers())
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Referrer-Policy", "no-referrer")
        .containsEntry("Cache-Control", "no-cache");
    assertThat(reply.headers().get("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("connect-src 'self' ws: wss:", "base-uri 'none'", "form-action 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void whoHasItIsNotSentItAgain() {
    String tag = get("/").headers().getOrDefault("ETag", "");
    assertThat(tag).matches("\"[0-9a-f]{24}\"");

    for (String tags : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      HttpReply again = withTags(tags);
      assertThat(again.status()).as(tags).isEqualTo(304);
      assertThat(again.headers()).containsEntry("ETag", tag);
    }
    assertThat(withTags("\"other\"").status()).isEqualTo(200);
    assertThat(get("/page.css").headers().get("ETag")).isNotEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"})
  void isOnlyRead(String method) {
    HttpReply reply = answer(page, HttpHead.of(method, "/"));

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "GET, HEAD");
  }

  @Test
  void tellsTheNodesNameToEveryPage() {
    HttpReply reply = get("/node");

    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.body()).isEqualTo("{\"node\":\"node-1\"}\n");
    assertThat(reply.headers()).containsEntry("Access-Control-Allow-Origin", "*");
    assertThat(get("/").headers()).doesNotContainKey("Access-Control-Allow-Origin");
  }

  @Test
  void aNameStaysAStringWhateverIsInIt() {
    Page odd = Page.of("a\"b\\c\nd\uD83D\uDD14é");

    assertThat(answer(odd, HttpHead.of("GET", "/node")).body())
        .isEqualTo("{\"node\":\"a\\u0022b\\u005cc\\u000ad\\ud83d\\udd14é\"}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"//", "/Index.html", "/page", "/page/", "/../page.css", "/nodes"})
  void hasNoAnswerToOtherPaths(String path) {
    assertThat(routes(page).hasRoute(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/page.js", "/node"})
  void isNotThereWhenItIsTurnedOff(String path) {
    assertThat(routes(Page.NONE).hasRoute(path)).isFalse();
  }

  @Test
  void thePageIsToldTheKeyOfAnAppAndNeverItsSecret() {
    Page withApp = Page.of("node-1", App.of("an-id", "a-key", "canary-secret"));
    String html = answer(withApp, HttpHead.of("GET", "/")).body();

    assertThat(html)
        .contains("<html lang=\"en\" data-served=\"by-a-node\" data-pusher-key=\"a-key\">")
        .doesNotContain("canary-secret");
    assertThat(get("/").body()).doesNotContain("data-pusher-key");
  }

  @Test
  void onlyAPageWithAnAppLetsVisitorsIn() {
    HttpHead head =
        HttpHead.of(
            "POST",
            "/page/pusher/auth",
            RequestHeaders.of(
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")));
    Page withApp = Page.of("node-1", App.of("an-id", "a-key", "canary-secret"));

    assertThat(routes(withApp).admit(head)).isInstanceOf(HttpAdmission.Admitted.class);
    assertThat(routes(page).admit(head))
        .isInstanceOfSatisfying(
            HttpAdmission.Refused.class,
            refused -> assertThat(refused.reply().body()).contains("page.pusher_app"));
    assertThat(routes(Page.NONE).hasRoute(head.path())).isFalse();
    assertThat(routes(page).hasRoute("/page")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/pusher-8.6.0.min.js, text/javascript; charset=utf-8, For license information",
    "/pusher-8.6.0.LICENCE.txt, text/plain; charset=utf-8, Permission is hereby granted"
  })
  void whatIsNotOursNeverChangesUnderItsName(String path, String contentType, String text) {
    HttpReply reply = get(path);

    assertThat(reply.contentType()).isEqualTo(contentType);
    assertThat(reply.body()).contains(text);
    assertThat(reply.headers())
        .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
        .containsEntry("X-Content-Type-Options", "nosniff");
    assertThat(reply.headers().get("Content-Security-Policy")).startsWith("default-src 'none'");
  }

  /** As https://www.npmjs.com/package/pusher-js has it, in dist/web/pusher.min.js. */
  @Test
  void theLibraryIsAsItWasPublished() throws NoSuchAlgorithmException {
    byte[] library = get("/pusher-8.6.0.min.js").body().getBytes(UTF_8);

    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(library)))
        .isEqualTo("91640c608080a550d7a7407f943fa8429e9f6d7d567d0bb810f5f6e73b06972a");
  }

  private HttpReply get(String path) {
    return answer(page, HttpHead.of("GET", path));
  }

  private HttpReply withTags(String tags) {
    return answer(page, HttpHead.of("GET", "/", RequestHeaders.of(Map.of("If-None-Match", tags))));
  }

  private static HttpReply answer(Page page, HttpHead head) {
    return RecordingExchange.reply(routes(page).admit(head), new byte[0]).join();
  }

  private static HttpRoutes routes(Page page) {
    List<HttpRoute> routes = new ArrayList<>(page.routes(PathPrefix.NONE));
    page.authorization().ifPresent(routes::add);
    return new HttpRoutes(PathPrefix.NONE, routes, _ -> HttpReply.text(404, ""));
  }
}
