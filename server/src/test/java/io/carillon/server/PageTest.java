package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPrefix;
import io.carillon.http.RequestHeaders;
import io.carillon.testkit.RecordingExchange;
import java.util.ArrayList;
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

  private final Page page = Page.of("node-1", List.of(MadeUpPart.CHAT));

  @Test
  void everythingThatThePageRefersToIsServed() {
    Matcher references = REFERENCE.matcher(get("/").body());

    assertThat(references.results().map(found -> found.group(1)).distinct())
        .contains("theme.css", "chat.css", "page.js", "chat.js", "icon.svg")
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
    "/chat.js, text/javascript; charset=utf-8",
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
    Page odd = Page.of("a\"b\\c\nd\uD83D\uDD14é", List.of());

    assertThat(answer(odd, HttpHead.of("GET", "/node")).body())
        .isEqualTo("{\"node\":\"a\\u0022b\\u005cc\\u000ad\\ud83d\\udd14é\"}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"//", "/Index.html", "/page", "/page/", "/../page.css", "/nodes"})
  void hasNoAnswerToOtherPaths(String path) {
    assertThat(routes(page).hasRoute(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/page.js", "/chat.js", "/node"})
  void isNotThereWhenItIsTurnedOff(String path) {
    assertThat(routes(Page.off(List.of(MadeUpPart.CHAT))).hasRoute(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/clients/chat.js", "/clients/chat.mjs"})
  void otherPagesMayLoadSharedFilesAlsoFromANodeWithoutAPage(String path) {
    HttpReply reply = get(path);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("text/javascript; charset=utf-8");
    assertThat(reply.headers())
        .containsEntry("Access-Control-Allow-Origin", "*")
        .containsEntry("Cache-Control", "no-cache")
        .containsKey("ETag");
    assertThat(get("/chat.js").headers()).doesNotContainKey("Access-Control-Allow-Origin");
    Page off = Page.off(List.of(MadeUpPart.CHAT));
    assertThat(answer(off, HttpHead.of("GET", path))).isEqualTo(reply);
  }

  @Test
  void aNodeWithoutAPageRedirectsNobodyToIt() {
    Page off = Page.off(List.of(MadeUpPart.CHAT));

    assertThat(off.routes(PathPrefix.of("/ws")))
        .noneMatch(route -> route.reach() == HttpRoute.Reach.WITH_PREFIX);
    assertThat(page.routes(PathPrefix.of("/ws")))
        .anyMatch(route -> route.reach() == HttpRoute.Reach.WITH_PREFIX);
  }

  @Test
  void aPartAnswersAtPathsOfItsOwn() {
    HttpHead head = HttpHead.of("GET", "/page/chat/ask");

    assertThat(answer(page, head).body()).isEqualTo("asked");
    assertThat(routes(Page.off(List.of(MadeUpPart.CHAT))).hasRoute(head.path())).isFalse();
    assertThat(routes(page).hasRoute("/page/chat")).isFalse();
  }

  @Test
  void aFileOfAnotherProjectNeverChangesUnderItsName() {
    HttpReply reply = get("/library-1.0.min.js");

    assertThat(reply.contentType()).isEqualTo("text/javascript; charset=utf-8");
    assertThat(reply.body()).isEqualTo("library");
    assertThat(reply.headers())
        .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
        .containsEntry("X-Content-Type-Options", "nosniff");
    assertThat(reply.headers().get("Content-Security-Policy")).startsWith("default-src 'none'");
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
    routes.addAll(page.partRoutes());
    return new HttpRoutes(PathPrefix.NONE, routes, _ -> HttpReply.text(404, ""));
  }
}
