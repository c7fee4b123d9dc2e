package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.RequestHeaders;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishEndpointTest {

  private static final String KEY = "canary-key-canary-key";

  private final List<String> published = new ArrayList<>();
  private PublishOutcome outcome = PublishOutcome.ACCEPTED;
  private @Nullable HttpReply unavailable;
  private final PublishEndpoint endpoint =
      new PublishEndpoint(
          PublishKeys.of(List.of(KEY, "another-key-0123456")),
          TopicsConfig.DEFAULTS,
          1000,
          new Recorder());

  private final class Recorder implements PublishTarget {
    @Override
    public Optional<HttpReply> refusal() {
      return Optional.ofNullable(unavailable);
    }

    @Override
    public boolean carries(Channel channel) {
      return !channel.name().equals("uncarried");
    }

    @Override
    public void publish(Draft draft, PublishCallback callback) {
      published.add(
          "[" + draft.channel().name() + "] " + draft.sender() + ": " + draft.payload().asText());
      callback.onOutcome(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          POST | /topics/a      | Bearer canary-key-canary-key | text/plain                | -
          POST | /topics/a      | bearer another-key-0123456   | application/json          | -
          POST | /topics/a      | Bearer canary-key-canary-key | TEXT/PLAIN; Charset=UTF-8 | -
          POST | /topics/a      | Bearer canary-key-canary-key | ''                        | -
          POST | /topics/a      | ''                           | text/plain                | 401
          POST | /topics/a      | Bearer                       | text/plain                | 401
          POST | /topics/a      | canary-key-canary-key        | text/plain                | 401
          POST | /topics/a      | Bearer canary-key-canary-ke  | text/plain                | 401
          POST | /topics/a      | Bearer canary-key-canary-keys | text/plain               | 401
          GET  | /topics/a      | ''                           | ''                        | 401
          GET  | /topics/a      | Bearer canary-key-canary-key | text/plain                | 405
          POST | /topics/       | Bearer canary-key-canary-key | text/plain                | 404
          POST | /topics/a/b    | Bearer canary-key-canary-key | text/plain                | 404
          POST | /topics/a      | Bearer canary-key-canary-key | image/png                 | 415
          POST | /topics/a      | Bearer canary-key-canary-key | text/plain; charset=latin1 | 415
          POST | /topics/a      | Bearer canary-key-canary-key | text/plain; charset = latin1 | 415
          POST | /topics/a      | Bearer canary-key-canary-key | text/plain; charset = "utf-8" | -
          POST | /topics/Ã¼     | Bearer canary-key-canary-key | text/plain                | 400
          POST | /topics/ü      | Bearer canary-key-canary-key | text/plain                | 400
          POST | /topics/%      | Bearer canary-key-canary-key | text/plain                | 400
          POST | /topics/%zz    | Bearer canary-key-canary-key | text/plain                | 400
          POST | /topics/%ff    | Bearer canary-key-canary-key | text/plain                | 400
          POST | /topics/%20a   | Bearer canary-key-canary-key | text/plain                | 400
          POST | /topics/%20    | Bearer canary-key-canary-key | text/plain                | 400
          POST | /topics/uncarried | Bearer canary-key-canary-key | text/plain             | 400
          """)
  void refusesByTheHeadWhatCannotBePublished(
      String method, String path, String authorization, String type, @Nullable Integer status) {
    Optional<HttpReply> refusal = endpoint.refusal(head(method, path, authorization, type));
    assertThat(refusal.map(HttpReply::status)).isEqualTo(Optional.ofNullable(status));
    assertThat(refusal.map(HttpReply::body).orElse("")).doesNotContain("canary");
  }

  @Test
  void saysHowItIsTurnedOnWhereThereAreNoKeys() {
    PublishEndpoint off =
        new PublishEndpoint(PublishKeys.NONE, TopicsConfig.DEFAULTS, 1000, new Recorder());
    assertThat(off.refusal(head("/topics/a", "")))
        .hasValueSatisfying(
            reply -> {
              assertThat(reply.status()).isEqualTo(403);
              assertThat(reply.body()).contains("topics.publish_keys");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'',                          A key is required",
    "Bearer canary-key-canary-ke, The key is wrong: it is none of",
    "Basic Y2FuYXJ5,              another form (expected: Bearer",
  })
  void tellsAWrongKeyFromNone(String authorization, String told) {
    assertThat(endpoint.refusal(head("POST", "/topics/a", authorization, "text/plain")))
        .hasValueSatisfying(
            reply -> {
              assertThat(reply.status()).isEqualTo(401);
              assertThat(reply.body()).contains(told, "topics.publish_keys");
              assertThat(reply.body()).doesNotContain("canary", "Y2FuYXJ5");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "a,             a",
    "a%2Fb,         a/b",
    "a+b,           a+b",
    "%C3%A9,        é",
    "a%20b,         a b",
    "%23*,          #*"
  })
  void readsATopicFromThePath(String encoded, String topic) {
    assertThat(answer("/topics/" + encoded, "", "hi").status()).isEqualTo(202);
    assertThat(published).containsExactly("[" + topic + "] Server: hi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"message":"hi"}                              | [t] Server: hi
          {"name":"Desk","message":" hi "}              | [t] Desk: hi
          {"message":"hi","extra":{"message":[1]}}      | [t] Server: hi
          {"message":"hi","name":""}                    | [t] Server: hi
          """)
  void readsJson(String body, String line) {
    assertThat(answer("/topics/t", "application/json", body).status()).isEqualTo(202);
    assertThat(published).containsExactly(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"message":7}
          {"message":"a","message":"b"}
          {"name":"x"}
          {"message":" "}
          {"message":"hi"
          {"message":"hi"} x
          ["hi"]
          hi
          ``
          """)
  void refusesOtherJson(String body) {
    assertThat(answer("/topics/t", "application/json", body).status()).isEqualTo(400);
    assertThat(published).isEmpty();
  }

  @Test
  void refusesTextThatIsBlankOrNotUtf8AndNamesThatAreTooLong() {
    assertThat(answer("/topics/t", "", " \n").status()).isEqualTo(400);
    assertThat(
            endpoint
                .answer(head("/topics/t", ""), new byte[] {(byte) 0xC3, 0x28})
                .toCompletableFuture()
                .join()
                .status())
        .isEqualTo(400);
    String longName = "{\"message\":\"hi\",\"name\":\"" + "x".repeat(257) + "\"}";
    assertThat(answer("/topics/t", "application/json", longName).status()).isEqualTo(400);
    assertThat(published).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1"})
  void refusesJsonThatIsNotInUtf8(String charset) {
    byte[] body = "{\"message\":\"é\"}".getBytes(Charset.forName(charset));
    assertThat(answer("/topics/t", "application/json", body).status()).isEqualTo(400);
    assertThat(published).isEmpty();
  }

  @Test
  void passesOverAByteOrderMark() {
    assertThat(answer("/topics/t", "application/json", "\uFEFF{\"message\":\"a\"}").status())
        .isEqualTo(202);
    assertThat(published).containsExactly("[t] Server: a");
  }

  @Test
  void replacesWhatCouldBreakALineInAName() {
    answer("/topics/t", "application/json", "{\"message\":\"a\",\"name\":\"x\\ny\\ud800\"}");
    assertThat(published).containsExactly("[t] x\uFFFDy\uFFFD: a");
  }

  @Test
  void countsWhatItRefusesByTheReason() {
    endpoint.refusal(head("POST", "/topics/a", "Bearer guess", ""));
    endpoint.refusal(head("POST", "/topics/a", "", ""));
    endpoint.refusal(head("GET", "/topics/a", "Bearer " + KEY, ""));
    endpoint.refusal(head("/topics/a", "image/png"));
    endpoint.refusal(head("/topics/a/b", ""));
    endpoint.refusal(head("/topics/%", ""));
    assertThat(endpoint.admit(head("/topics/t", "")))
        .isInstanceOfSatisfying(HttpAdmission.Admitted.class, HttpAdmission.Admitted::tooLong);
    answer("/topics/t", "", " ");
    answer("/topics/t", "", "published");
    assertThat(endpoint.refusals())
        .isEqualTo(
            Map.of(
                PublishRefusal.OFF, 0L,
                PublishRefusal.KEY, 2L,
                PublishRefusal.REQUEST, 3L,
                PublishRefusal.TOPIC, 1L,
                PublishRefusal.LENGTH, 1L,
                PublishRefusal.MESSAGE, 1L,
                PublishRefusal.UNAVAILABLE, 0L));
  }

  @Test
  void answersOnlyWhenTheBrokerHas() {
    List<PublishCallback> waiting = new ArrayList<>();
    PublishEndpoint slow =
        new PublishEndpoint(
            PublishKeys.of(List.of(KEY)),
            TopicsConfig.DEFAULTS,
            1000,
            new PublishTarget() {
              @Override
              public Optional<HttpReply> refusal() {
                return Optional.empty();
              }

              @Override
              public boolean carries(Channel channel) {
                return true;
              }

              @Override
              public void publish(Draft draft, PublishCallback callback) {
                waiting.add(callback);
              }
            });
    CompletableFuture<HttpReply> answer =
        slow.answer(head("/topics/t", ""), "hi".getBytes(UTF_8)).toCompletableFuture();
    assertThat(answer).isNotDone();
    waiting.getFirst().onOutcome(PublishOutcome.ACCEPTED);
    assertThat(answer).isCompletedWithValueMatching(reply -> reply.status() == 202);
  }

  @Test
  void refusesByTheHeadWhileTheNodeCannotPublish() {
    unavailable = HttpReply.text(503, "away");

    assertThat(endpoint.admit(head("/topics/a", "text/plain")))
        .isEqualTo(new HttpAdmission.Refused(HttpReply.text(503, "away")));
    assertThat(endpoint.refusals()).containsEntry(PublishRefusal.UNAVAILABLE, 1L);
    assertThat(endpoint.refusal(head("POST", "/topics/a", "Bearer guess", "")))
        .as("only a key opens the door to this answer")
        .map(HttpReply::status)
        .contains(401);
  }

  @Test
  void tellsRefusedFromUnknown() {
    outcome = new PublishOutcome.Refused(Refusal.UNAVAILABLE, "away");
    HttpReply refused = answer("/topics/t", "", "hi");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers()).containsKey("Retry-After");
    assertThat(refused.body()).contains("\"status\":\"refused\"");
    outcome = new PublishOutcome.Unknown("no answer");
    HttpReply unknown = answer("/topics/t", "", "hi");
    assertThat(unknown.status()).isEqualTo(504);
    assertThat(unknown.headers()).doesNotContainKey("Retry-After");
    assertThat(unknown.body()).contains("\"status\":\"unknown\"");
  }

  @Test
  void tellsTooLargeFromOtherRefusals() {
    for (Refusal kind : Refusal.values()) {
      outcome = new PublishOutcome.Refused(kind, "no");
      HttpReply reply = answer("/topics/t", "", "hi");
      assertThat(reply.body()).contains("\"status\":\"refused\"");
      if (kind == Refusal.TOO_LARGE) {
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.headers()).as("it never helps to send it again").isEmpty();
        assertThat(reply.body()).doesNotContain("again");
      } else {
        assertThat(reply.status()).as("%s", kind).isEqualTo(503);
      }
    }
  }

  private HttpReply answer(String path, String type, String body) {
    return answer(path, type, body.getBytes(UTF_8));
  }

  private HttpReply answer(String path, String type, byte[] body) {
    assertThat(endpoint.refusal(head(path, type))).isEmpty();
    return endpoint.answer(head(path, type), body).toCompletableFuture().join();
  }

  private static HttpHead head(String path, String type) {
    return head("POST", path, "Bearer " + KEY, type);
  }

  private static HttpHead head(String method, String path, String authorization, String type) {
    return HttpHead.of(
        method,
        path,
        RequestHeaders.of(Map.of("Authorization", authorization, "Content-Type", type)));
  }
}
