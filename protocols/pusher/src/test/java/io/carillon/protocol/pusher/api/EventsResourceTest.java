package io.carillon.protocol.pusher.api;

import static io.carillon.protocol.pusher.api.ApiFault.NOT_SENT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.http.HttpReply;
import io.carillon.message.Channel;
import io.carillon.presence.Occupancy;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsResourceTest {

  /** JSON can escape half an emoji, which UTF-8 can't encode; in data it becomes U+FFFD. */
  @Test
  void putsTheReplacementCharacterForALoneSurrogateInData() {
    ApiClient half = new ApiClient();
    String event = "{\"name\":\"e🔔\",\"channel\":\"c\",\"data\":\"half \\ud83d, \\ud83d\\udd14\"}";

    assertThat(half.post("/apps/3/events", event).status()).isEqualTo(200);
    assertThat(half.post("/apps/3/batch_events", "{\"batch\":[" + event + "]}").status())
        .isEqualTo(200);
    assertThat(half.backend.published)
        .containsExactly("[3/c] e🔔: half \uFFFD, 🔔", "[3/c] e🔔: half \uFFFD, 🔔");
  }

  @Test
  void takesUserIdsBeyondTheBasicPlane() {
    ApiClient client = new ApiClient();

    assertThat(client.post("/apps/3/users/%F0%9F%94%94/terminate_connections", "").status())
        .isEqualTo(200);
    assertThat(client.backend.terminated).containsExactly("3/🔔");
  }

  private static final String EVENTS = "/apps/3/events";
  private static final String BATCH = "/apps/3/batch_events";
  private static final String BODY = "{\"name\":\"e\",\"channel\":\"c\",\"data\":\"d\"}";
  private static final PublishOutcome TOO_LARGE =
      new PublishOutcome.Refused(Refusal.TOO_LARGE, "too large");
  private static final PublishOutcome REFUSED =
      new PublishOutcome.Refused(Refusal.UNAVAILABLE, "away");
  private static final PublishOutcome UNKNOWN = new PublishOutcome.Unknown("lost");

  private final ApiClient client = new ApiClient();
  private final FakeBackend backend = client.backend;

  @Test
  void publishesPushersExampleAsItIsSigned() {
    ApiClient pusher = new ApiClient(App.of("3", ApiClient.KEY, "7ad3773142a6692b25b8"));
    HttpReply reply =
        pusher.send(
            "POST",
            EVENTS,
            "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
                + "&body_md5=ec365a775a4cd0599faeb73354201b6f&auth_signature="
                + "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c",
            "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}"
                .getBytes(UTF_8));
    assertOk(reply, "{}");
    assertThat(pusher.backend.published).containsExactly("[3/project-3] foo: {\"some\":\"data\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"e","channel":"c","data":"d"}                         | [3/c] e: d
          {"data":"","channels":["c"],"name":"e"}                       | [3/c] e:
          {"name":"e","channel":"c","data":"d","socket_id":"12.34"}     | [3/c] e: d !12.34
          {"name":"e","channel":"c","data":"d","socket_id":null}        | [3/c] e: d
          {"name":"e","channel":"c","data":"d","channels":null,"info":null} | [3/c] e: d
          {"name":"e","channel":"c","data":"d","tags":{"a":[{}]},"x":1} | [3/c] e: d
          {"name":"client-e","channel":"c","data":"d"}                  | [3/c] client-e: d
          {"name":"ü€","channel":"c","data":"\\u00fc€"}                 | [3/c] ü€: ü€
          {"name":"e","channel":"private-encrypted-c","data":"{}"}      | [3/private-encrypted-c] e: {}
          {"name":"e","channel":"#server-to-user-a/b","data":"d"}       | [3/#server-to-user-a/b] e: d
          {"name":"e","channel":"A-z_0=@,.;","data":"d"}                | [3/A-z_0=@,.;] e: d
          """)
  void publishesAnEvent(String body, String line) {
    assertOk(client.post(EVENTS, body), "{}");
    assertThat(backend.published).singleElement().asString().isEqualToIgnoringWhitespace(line);
  }

  @Test
  void publishesToSeveralChannelsOnceEach() {
    String body = "{\"name\":\"e\",\"channels\":[\"a\",\"presence-b\",\"a\"],\"data\":\"d\"}";
    assertOk(client.post(EVENTS, body), "{}");
    assertThat(backend.published).containsExactly("[3/a] e: d", "[3/presence-b] e: d");
  }

  /** Pusher's documentation permits this. */
  @Test
  void readsAnEventFromTheQueryToo() {
    HttpReply reply =
        client.request(
            "POST",
            EVENTS,
            "name=e&channels[]=b&channels%5B%5D=a&data=%7B%22a%22%3A1%7D&socket_id=1.2",
            new byte[0]);
    assertOk(reply, "{}");
    assertThat(backend.published)
        .containsExactly("[3/b] e: {\"a\":1} !1.2", "[3/a] e: {\"a\":1} !1.2");
  }

  @Test
  void publishesABatchInItsOrder() {
    String body =
        """
        {"batch":[{"name":"e","channel":"b","data":"1"},
                  {"name":"f","channel":"a","data":"2","socket_id":"1.2"},
                  {"name":"e","channel":"b","data":"3"}]}
        """;
    assertOk(client.post(BATCH, body), "{}");
    assertThat(backend.published).containsExactly("[3/b] e: 1", "[3/a] f: 2 !1.2", "[3/b] e: 3");
  }

  @Test
  void answersOnceTheBrokerHasAnsweredForEachChannel() {
    backend.silent = true;
    byte[] body = "{\"name\":\"e\",\"channels\":[\"a\",\"b\"],\"data\":\"d\"}".getBytes(UTF_8);
    CompletableFuture<HttpReply> reply =
        client.future("POST", EVENTS, client.signed("POST", EVENTS, "", body), body);
    assertThat(reply).isNotDone();
    backend.answerAll();
    assertOk(reply.join(), "{}");
  }

  @Test
  void tellsHowManyAreInTheChannels() {
    ApiClient counting = ApiClient.counting();
    counting.backend.occupied.put(new Channel("3", "presence-a"), new Occupancy(5, 2));
    counting.backend.occupied.put(new Channel("3", "b"), new Occupancy(3, 0));
    String info = "\"data\":\"d\",\"info\":\"user_count, subscription_count\"}";
    assertOk(
        counting.post(
            EVENTS, "{\"name\":\"e\",\"channels\":[\"presence-a\",\"b\",\"empty\"]," + info),
        "{\"channels\":{\"presence-a\":{\"user_count\":2,\"subscription_count\":5},"
            + "\"b\":{\"subscription_count\":3},\"empty\":{\"subscription_count\":0}}}");
    assertOk(
        counting.post(
            BATCH,
            "{\"batch\":[{\"name\":\"e\",\"channel\":\"presence-a\","
                + info
                + ",{\"name\":\"e\",\"channel\":\"b\",\"data\":\"d\"},"
                + "{\"name\":\"e\",\"channel\":\"b\","
                + info
                + "]}"),
        "{\"batch\":[{\"user_count\":2,\"subscription_count\":5},{},{\"subscription_count\":3}]}");
  }

  @Test
  void tellsWhatWasRefusedFromWhatNobodyKnows() {
    backend.outcomes.add(REFUSED);
    HttpReply refused = client.post(EVENTS, BODY);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).contains("\"code\":\"not_sent\"", "send it again");
    assertThat(refused.headers()).containsEntry("Retry-After", "2");
    backend.outcomes.add(UNKNOWN);
    HttpReply unknown = client.post(EVENTS, BODY);
    assertThat(unknown.status()).as("many a client repeats a 503 by itself").isEqualTo(504);
    assertThat(unknown.body()).contains("\"code\":\"unknown\"", "heard twice");
    assertThat(unknown.headers()).as("nothing should send it again by itself").isEmpty();
    assertThat(client.api.refusals()).containsEntry(NOT_SENT, 1L);
  }

  @Test
  void tellsWhichPartsWereSent() {
    backend.outcomes.addAll(List.of(PublishOutcome.ACCEPTED, REFUSED, UNKNOWN));
    HttpReply event =
        client.post(EVENTS, "{\"name\":\"e\",\"channels\":[\"a\",\"b\",\"c\"],\"data\":\"d\"}");
    assertThat(event.status()).isEqualTo(504);
    assertThat(event.body())
        .contains("\"code\":\"partly_sent\"")
        .endsWith("\"accepted\":[\"a\"],\"refused\":[\"b\"],\"unknown\":[\"c\"]}");
    backend.outcomes.addAll(List.of(REFUSED, PublishOutcome.ACCEPTED));
    HttpReply batch =
        client.post(
            BATCH,
            "{\"batch\":[{\"name\":\"e\",\"channel\":\"a\",\"data\":\"d\"},"
                + "{\"name\":\"e\",\"channel\":\"a\",\"data\":\"d\"}]}");
    assertThat(batch.status()).isEqualTo(504);
    assertThat(batch.headers()).as("nothing should send it again by itself").isEmpty();
    assertThat(batch.body()).endsWith("\"accepted\":[1],\"refused\":[0],\"unknown\":[]}");
  }

  @Test
  void tellsWhichPartsAreTooLargeForTheBus() {
    backend.outcomes.add(TOO_LARGE);
    HttpReply event = client.post(EVENTS, BODY);
    assertThat(event.status()).isEqualTo(413);
    assertThat(event.body())
        .contains("\"code\":\"too_large\"", "Nothing was sent")
        .endsWith("\"too_large\":[\"c\"]}");
    assertThat(event.headers()).as("it never helps to send it again").isEmpty();
    String two = "{\"batch\":[%s,%s]}".formatted(BODY, BODY);
    backend.outcomes.addAll(List.of(REFUSED, TOO_LARGE));
    assertThat(client.post(BATCH, two).body())
        .contains("\"code\":\"too_large\"")
        .endsWith("\"too_large\":[1]}");
    backend.outcomes.addAll(List.of(TOO_LARGE, PublishOutcome.ACCEPTED));
    HttpReply partly = client.post(BATCH, two);
    assertThat(partly.status()).isEqualTo(504);
    assertThat(partly.body())
        .endsWith("\"accepted\":[1],\"refused\":[0],\"unknown\":[],\"too_large\":[0]}");
  }

  @Test
  void tellsEveryOtherRefusalLikeABusThatIsAway() {
    for (Refusal kind : EnumSet.complementOf(EnumSet.of(Refusal.TOO_LARGE))) {
      backend.outcomes.add(new PublishOutcome.Refused(kind, "no"));
      HttpReply reply = client.post(EVENTS, BODY);
      assertThat(reply.status()).as("%s", kind).isEqualTo(503);
      assertThat(reply.body()).contains("\"code\":\"not_sent\"");
    }
  }

  @Test
  void refusesByTheHeadWhileTheBusIsAway() {
    backend.unavailable = "the message bus is away";
    HttpReply reply = client.post(EVENTS, BODY);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).contains("\"code\":\"unavailable\"", "the message bus is away");
    assertThat(reply.headers()).containsKey("Retry-After");
    assertThat(client.get("/apps/3/channels", "").status()).as("reading goes on").isEqualTo(200);
    assertThat(backend.published).isEmpty();
  }

  @Test
  void countsTheEventsOfABatchAgainstWhatAnAppMayPublish() {
    ApiClient limited = new ApiClient(ApiClient.limitedTo(3, 1));
    String three = "{\"batch\":[%s,%s,%s]}".formatted(BODY, BODY, BODY.replace("\"c\"", "\"d\""));
    assertThat(limited.post(BATCH, three).status()).isEqualTo(200);
    HttpReply reply = limited.post(EVENTS, BODY);
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
    assertThat(limited.backend.published).hasSize(3);
    limited.nanos += TimeUnit.MILLISECONDS.toNanos(334);
    assertThat(limited.post(EVENTS, BODY).status()).as("one is free").isEqualTo(200);
    assertThat(limited.post(EVENTS, BODY).status()).isEqualTo(429);
  }

  @Test
  void readsBodiesAsJsonWhateverTheirBytesLookLike() {
    assertThat(client.post(EVENTS, BODY.getBytes(UTF_16BE)))
        .extracting(HttpReply::status)
        .isEqualTo(400);
    byte[] latin = BODY.replace("\"d\"", "\"é\"").getBytes(ISO_8859_1);
    assertThat(client.post(EVENTS, latin).body()).contains("not UTF-8");
    assertThat(client.post(EVENTS, BODY.replace("\"d\"", "\"\uFFFD\"")).status())
        .as("the sign that stands for what is no UTF-8 may be sent")
        .isEqualTo(200);
  }

  private static void assertOk(HttpReply reply, String body) {
    assertThat(reply.body()).isEqualTo(body);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/json");
  }
}
