package io.carillon.protocol.pusher.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPrefix;
import io.carillon.http.RequestHeaders;
import io.carillon.protocol.pusher.Signatures;
import io.carillon.testkit.RecordingExchange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageAuthorizationTest {

  private static final String SECRET = "canary-secret";
  private static final String PATH = "/page/pusher/auth";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String DATA = "{\"user_id\":\"Alice\",\"user_info\":{\"name\":\"Alice\"}}";

  private final App app = App.of("1", "key", SECRET);
  private final PageAuthorization authorization = PageAuthorization.of(app);

  @Test
  void whoHasANameIsLetIntoTheDemoChannel() {
    HttpReply reply = post("socket_id=12.34&channel_name=presence-page-demo&name=Alice");

    String auth = "key:" + new Signatures(app).sign("12.34:presence-page-demo:" + DATA);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.body())
        .isEqualTo(
            "{\"auth\":\"%s\",\"channel_data\":\"%s\"}"
                .formatted(auth, DATA.replace("\"", "\\\"")));
  }

  @Test
  void anAnswerIsNotKeptNorReadByOtherPagesAndHasNoSecret() {
    HttpReply reply = post("socket_id=1.2&channel_name=presence-page-demo&name=Alice");

    assertThat(reply.headers())
        .isEqualTo(Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"));
    assertThat(reply.body()).doesNotContain(SECRET);
  }

  @Test
  void aNameStaysAStringWhateverIsInIt() {
    HttpReply reply =
        post("name=%22%7D%2C+%26%3D%F0%9F%94%94&channel_name=presence-page-demo&socket_id=1.2");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().replace("\\", ""))
        .contains("{\"user_id\":\"\"}, &=🔔\",\"user_info\":{\"name\":\"\"}, &=🔔\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "presence-page-demo2",
        "presence-page-demo-2",
        "presence-page",
        "presence-orders",
        "private-page-demo",
        "private-encrypted-page-demo",
        "presence-cache-page-demo",
        "page-demo",
        "Presence-page-demo",
        "presence-page-demo%20",
        "presence-page-demo%3A%7B%7D",
        ""
      })
  void nobodyIsLetIntoAnotherChannel(String channel) {
    HttpReply reply = post("socket_id=1.2&name=Alice&channel_name=" + channel);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).doesNotContain("key:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.",
        ".2",
        "1.2.3",
        "a.b",
        "1.2%3A",
        "1.2%0A",
        "%D9%A1.%D9%A2",
        "1.2%3A%3Auser%3A%3A%7B%22id%22%3A%221%22%7D",
        "POST%0A/apps/1/events%0A",
        "123456789012345678901.2"
      })
  void onlyWhatIsASocketIdIsSigned(String socketId) {
    HttpReply reply = post("name=Alice&channel_name=presence-page-demo&socket_id=" + socketId);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).startsWith("socket_id is not one");
  }

  @ParameterizedTest
  @CsvSource({
    "socket_id=1.2&channel_name=presence-page-demo, name is missing.",
    "socket_id=1.2&name=Alice, channel_name is missing.",
    "channel_name=presence-page-demo&name=Alice, socket_id is missing.",
    "'', socket_id is missing.",
    "socket_id&channel_name&name, socket_id is missing.",
    "socket_id=1.2&channel_name=presence-page-demo&name=%20, name has 1 characters",
    "socket_id=1.2&socket_id=1.3&channel_name=presence-page-demo&name=A, A field is there twice.",
    "socket_id=1.2&channel_name=presence-page-demo&name=%2, A percent sign",
    "socket_id=1.2&channel_name=presence-page-demo&name=%zz, A percent sign",
    "socket_id=1.2&channel_name=presence-page-demo&name=%ED%A0%BD, The form is not"
  })
  void saysWhatIsWrongWithAForm(String form, String advice) {
    HttpReply reply = post(form);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).startsWith(advice);
  }

  /** A lenient decoder would take both for the same member. */
  @ParameterizedTest
  @ValueSource(ints = {0xfe, 0xff, 0xc3})
  void refusesBytesThatAreNotUtf8(int wrong) {
    byte[] form = "socket_id=1.2&channel_name=presence-page-demo&name=A?".getBytes(UTF_8);
    form[form.length - 1] = (byte) wrong;

    HttpReply reply = RecordingExchange.reply(admitted(), form).join();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).startsWith("The form is not percent-encoded UTF-8.");
  }

  @Test
  void takesLettersThatAreNotEscaped() {
    assertThat(post("socket_id=1.2&channel_name=presence-page-demo&name=Zoë").body())
        .contains("Zoë");
  }

  @Test
  void namesAreBoundedAndTheLongestFitsIntoABodyHoweverItIsEncoded() {
    String longest = "%E2%82%AC".repeat(64);
    String rest = "&channel_name=presence-page-demo&socket_id=" + "9".repeat(20) + ".";

    assertThat(post("name=" + longest + rest + "9".repeat(20)).status()).isEqualTo(200);
    assertThat(post("name=" + "a".repeat(65) + rest + "9").status()).isEqualTo(400);
  }

  @Test
  void aBodyIsBounded() {
    HttpReply reply = post("name=" + "a".repeat(2000));

    assertThat(reply.status()).isEqualTo(413);
    assertThat(admitted().withoutBody().orElseThrow().status()).isEqualTo(411);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, application/x-www-form-urlencoded, 405",
    "POST, application/json, 415",
    "POST, '', 415",
    "POST, application/x-www-form-urlencoded; charset=UTF-8, 200",
    "POST, Application/X-WWW-Form-Urlencoded, 200"
  })
  void takesFormsAlone(String method, String contentType, int status) {
    String form = "socket_id=1.2&channel_name=presence-page-demo&name=Alice";
    HttpHead head = head(method, contentType);

    assertThat(answer(authorization.admit(head), form).status()).isEqualTo(status);
  }

  @Test
  void lettingPeopleInIsOffWhereNobodyTurnedItOn() {
    HttpHead head = head("POST", FORM);
    String form = "socket_id=1.2&channel_name=presence-page-demo&name=Alice";

    HttpReply reply = answer(PageAuthorization.OFF.admit(head), form);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body()).contains("page.pusher_app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page/pusher/auth/", "/page/pusher", "/page/pusher/auth%20", "/"})
  void isAtOnePathAlone(String path) {
    HttpRoutes routes =
        new HttpRoutes(
            PathPrefix.NONE, List.of(authorization.route()), _ -> HttpReply.text(404, ""));
    assertThat(routes.hasRoute(PATH)).isTrue();
    assertThat(routes.hasRoute(path)).isFalse();
  }

  private HttpAdmission.Admitted admitted() {
    HttpAdmission admission = authorization.admit(head("POST", FORM));
    return (HttpAdmission.Admitted) admission;
  }

  private HttpReply post(String form) {
    return answer(admitted(), form);
  }

  private static HttpReply answer(HttpAdmission admission, String form) {
    return RecordingExchange.reply(admission, form.getBytes(UTF_8)).join();
  }

  private static HttpHead head(String method, String contentType) {
    return HttpHead.of(method, PATH, RequestHeaders.of(Map.of("Content-Type", contentType)));
  }
}
