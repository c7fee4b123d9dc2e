package io.carillon.protocol.pusher.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused, with the status and the text of each answer. */
class BadRequestsTest {

  private static final String EVENTS = "/apps/3/events";
  private static final String BATCH = "/apps/3/batch_events";
  private static final String EVENT = "{\"name\":\"e\",\"channel\":\"c\",\"data\":\"d\"}";
  private static final String CHARACTERS = "(expected: 1 to 164 of A-Z a-z 0-9 _ - = @ , . ;)";

  private final ApiClient client = new ApiClient();

  private void assertRefused(HttpReply reply, ApiFault fault, String error) {
    assertThat(reply.body())
        .isEqualTo(
            "{\"error\":\"%s\",\"code\":\"%s\",\"status\":%d}"
                .formatted(
                    error.replace("\\", "\\\\").replace("\"", "\\\""),
                    fault.name().toLowerCase(Locale.ROOT),
                    fault.status()));
    assertThat(reply.status()).isEqualTo(fault.status());
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(client.backend.published).isEmpty();
    assertThat(client.api.refusals()).containsEntry(fault, 1L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"channel":"c","data":"d"}                    | name is missing (expected: the event's name)
          {"name":"","channel":"c","data":"d"}          | name is missing (expected: the event's name)
          {"name":null,"channel":"c","data":"d"}        | name is missing (expected: the event's name)
          {"name":1,"channel":"c","data":"d"}           | name is no string
          {"name":"e","channel":"c"}                    | data is missing (expected: a string)
          {"name":"e","channel":"c","data":null}        | data is missing (expected: a string)
          {"name":"e","channel":"c","data":{"a":1}}     | data is no string (expected: a string; JSON is encoded once more)
          {"name":"e","channel":"c","data":1}           | data is no string (expected: a string; JSON is encoded once more)
          {"name":"e","data":"d"}                       | One of channel and channels is expected.
          {"name":"e","channel":"c","channels":["c"],"data":"d"} | One of channel and channels is expected.
          {"name":"e","channels":[],"data":"d"}         | channels is empty (expected: at least one)
          {"name":"e","channels":"c","data":"d"}        | channels is no list (expected: a list of names, or channel)
          {"name":"e","channels":["c",null],"data":"d"} | channels[1] is null
          {"name":"e","channels":["c",1],"data":"d"}    | channels[1] is no string
          {"name":"e","channel":["c"],"data":"d"}       | channel is no string
          {"name":"e","channel":"c","data":"d","socket_id":"1"} | socket_id: "1" (expected: as clients are told it, 123.456)
          {"name":"e","channel":"c","data":"d","socket_id":""} | socket_id: "" (expected: as clients are told it, 123.456)
          {"name":"e","channel":"c","data":"d","socket_id":"1.2:private-c"} | socket_id: "1.2:private-c" (expected: as clients are told it, 123.456)
          {"name":"e","channel":"c","data":"d","socket_id":1.2} | socket_id is no string
          {"name":"pusher:ping","channel":"c","data":"d"} | name: "pusher:ping" is the protocol's own (expected: neither pusher: nor pusher_internal: first)
          {"name":"pusher_internal:x","channel":"c","data":"d"} | name: "pusher_internal:x" is the protocol's own (expected: neither pusher: nor pusher_internal: first)
          {"name":"e","channels":["a","private-encrypted-b"],"data":"d"} | An event goes to one encrypted channel alone: each has a key of its own.
          {"name":"e","channels":["private-encrypted-a","private-encrypted-cache-b"],"data":"d"} | An event goes to one encrypted channel alone: each has a key of its own.
          {"name":"e","channel":"#server-to-user-","data":"d"} | user id: "" (expected: 1 to 128 characters)
          {"name":"e","channel":"uncarried","data":"d"} | channel: "uncarried" can't be carried by the nodes' broker
          {"event":"e","channel":"c","data":"d"}        | name is missing, and event is not read (expected: the event's name in name)
          {"name":"e","channel":"c","data":"d","info":["user_count"]} | info is a list (expected: a string, with commas: "user_count,subscription_count")
          {"name":"e","channel":"c","data":"d","info[]":["user_count"]} | info[] is not read (expected: info, with commas: user_count,subscription_count)
          {"name":"e","channel":"c","data":"d","info":"cache"} | info: "cache" is not available here (expected: user_count, subscription_count)
          {"name":"e","channel":"c","data":"d","info":"x"} | info: "x" is not available here (expected: user_count, subscription_count)
          {"name":"e","channel":"c","data":"d","info":"subscription_count"} | info: subscription_count is not available; this app's feature subscription_count turns it on.
          {"name":"e","channel":"c","data":"d"} x       | The body is no valid JSON, has a name twice, or is nested too deeply: line 1, column 39.
          {"name":"e","channel":"c","data":"d"} {}      | The body goes on behind its JSON object.
          {"name":"e","name":"f","channel":"c","data":"d"} | The body is no valid JSON, has a name twice, or is nested too deeply: line 1, column 19.
          {"name":"e",                                  | The body is no valid JSON, has a name twice, or is nested too deeply: line 1, column 13.
          []                                            | The body is no JSON object.
          null                                          | The body is no JSON object.
          """)
  void refusesAnEventThatCannotBePublished(String body, String error) {
    assertRefused(client.post(EVENTS, body), ApiFault.INVALID, error);
  }

  static Stream<Arguments> channels() {
    return Stream.of(
        Arguments.of("", "\"\""),
        Arguments.of("a b", "\"a b\""),
        Arguments.of("#c", "\"#c\""),
        Arguments.of("ü", "\"ü\""),
        Arguments.of("a/b", "\"a/b\""),
        Arguments.of("x".repeat(165), "\"" + "x".repeat(60) + "...\" (165 characters)"));
  }

  @ParameterizedTest
  @MethodSource("channels")
  void namesTheChannelThatIsNone(String channel, String quoted) {
    String body = "{\"name\":\"e\",\"channels\":[\"a\",\"" + channel + "\"],\"data\":\"d\"}";
    assertRefused(
        client.post(EVENTS, body), ApiFault.INVALID, "channel: " + quoted + " " + CHARACTERS);
  }

  /** JSON can escape half an emoji, which UTF-8 can't encode. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"e\\ud83d","channel":"c","data":"d"} | name: "e\uFFFD" has half a character, a lone surrogate (expected: valid Unicode)
          {"name":"e","channel":"\\ud83d","data":"d"}  | channel: "\uFFFD" (expected: 1 to 164 of A-Z a-z 0-9 _ - = @ , . ;)
          {"name":"e","channel":"#server-to-user-\\udc00","data":"d"} | channel: "#server-to-user-\uFFFD" (expected: 1 to 164 of A-Z a-z 0-9 _ - = @ , . ;)
          {"name":"e","channel":"c","data":"d","socket_id":"\\ud83d"} | socket_id: "\uFFFD" (expected: as clients are told it, 123.456)
          {"name":"e","channel":"c","data":"d","info":"\\ud83d"} | info: "\uFFFD" is not available here (expected: user_count, subscription_count)
          """)
  void refusesLoneSurrogatesInWhatIsNamed(String body, String error) {
    assertRefused(client.post(EVENTS, body), ApiFault.INVALID, error);
  }

  /** Malformed UTF-8 reads as U+FFFD, so many requests would have one signature, and one name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /apps/3/channels                              | filter_by_prefix=%ED%A0%BD
          GET  | /apps/3/channels                              | %FF=1
          GET  | /apps/3/channels/%C3                          | a=1
          POST | /apps/3/users/%ED%A0%BD/terminate_connections | a=1
          POST | /apps/3/events                                | name=e&channel=c&data=%ED%A0%BD
          """)
  void refusesUrlsThatAreNotUtf8(String method, String path, String query) {
    assertRefused(
        client.request(method, path, query, new byte[0]),
        ApiFault.INVALID,
        "The URL has bytes that are not UTF-8 (expected: percent-encoded UTF-8).");
    assertThat(client.backend.terminated).isEmpty();
  }

  @Test
  void escapesWhatItNames() {
    HttpReply reply = client.post(EVENTS, EVENT.replace("\"c\"", "\"\\u0000\\n\\\"<b>\""));
    assertThat(reply.body()).contains("channel: \\\"\\u0000\\n\\\"<b>\\\"").doesNotContain("\n");
  }

  @Test
  void takesAsMuchAsItsLimitsSayAndNoMore() {
    String names = ",\"c%d\"".repeat(100).substring(1);
    Object[] numbers = Stream.iterate(0, i -> i + 1).limit(101).toArray();
    String hundred = "{\"name\":\"e\",\"data\":\"d\",\"channels\":[" + names.formatted(numbers);
    assertThat(client.post(EVENTS, hundred + "]}").status()).isEqualTo(200);
    String name = "{\"name\":\"%s\",\"channel\":\"c\",\"data\":\"d\"}";
    assertThat(client.post(EVENTS, name.formatted("n".repeat(200))).status()).isEqualTo(200);
    String data = "{\"name\":\"e\",\"channel\":\"c\",\"data\":\"%s\"}";
    assertThat(client.post(EVENTS, data.formatted("\\u0064".repeat(10240))).status())
        .isEqualTo(200);
    String channel = "{\"name\":\"e\",\"channel\":\"%s\",\"data\":\"d\"}";
    assertThat(client.post(EVENTS, channel.formatted("c".repeat(164))).status()).isEqualTo(200);
    String user = "#server-to-user-" + "u".repeat(128);
    assertThat(client.post(EVENTS, channel.formatted(user)).status()).isEqualTo(200);
    String ten = "{\"batch\":[" + ("," + EVENT).repeat(10).substring(1);
    assertThat(client.post(BATCH, ten + "]}").status()).isEqualTo(200);
    client.backend.published.clear();

    assertThat(client.post(EVENTS, hundred + ",\"c\"]}").body())
        .contains("channels: too many (expected: at most 100)");
    assertThat(client.post(EVENTS, name.formatted("n".repeat(201))).body())
        .contains("...\\\" (201 characters) is too long (expected: at most 200 characters)");
    assertThat(client.post(EVENTS, channel.formatted(user + "u")).status()).isEqualTo(400);
    assertThat(client.post(BATCH, ten + "," + EVENT + "]}").body())
        .contains("batch: too many (expected: at most 10)");
    assertRefused(
        client.post(EVENTS, data.formatted("é".repeat(5120) + "x")),
        ApiFault.TOO_LARGE,
        "The data content of this event exceeds the allowed maximum (10240 bytes).");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                 | batch is missing or empty (expected: a list of events)
          {"batch":[]}       | batch is missing or empty (expected: a list of events)
          {"batch":{}}       | batch is no list (expected: a list of events)
          {"batch":[1]}      | batch[0] is no object
          {"batch":[{"name":"e","channels":["c"],"data":"d"}]} | batch[0]: An event of a batch has a channel of its own, and no channels.
          {"batch":[{"name":"e","channel":"c","data":"d"},{"name":"e","channel":"c"}]} | batch[1]: data is missing (expected: a string)
          {"batch":[{"name":"e","channel":"c","data":"d"},{"event":"e","channel":"c","data":"d"}]} | batch[1]: name is missing, and event is not read (expected: the event's name in name)
          {"batch":[{"name":"e","channel":"c","data":1}]} | batch[0]: data is no string (expected: a string; JSON is encoded once more)
          {"batch":[{"name":"e","channel":"c","data":"d"},7]} | batch[1] is no object
          {"batch":[{"name":"e","channel":"c","data":"d"},{"name":"e","channel":"uncarried","data":"d"}]} | batch[1]: channel: "uncarried" can't be carried by the nodes' broker
          """)
  void publishesNothingOfABatchThatIsWrongSomewhere(String body, String error) {
    assertRefused(client.post(BATCH, body), ApiFault.INVALID, error);
  }

  @Test
  void namesTheEventOfABatchThatIsTooLong() {
    String large = EVENT.replace("\"d\"", "\"" + "x".repeat(10_241) + "\"");
    assertRefused(
        client.post(BATCH, "{\"batch\":[" + EVENT + "," + EVENT + "," + large + "]}"),
        ApiFault.TOO_LARGE,
        "batch[2]: The data content of this event exceeds the allowed maximum (10240 bytes).");
  }

  /** Other APIs write lists like this; here they would be ignored silently. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /apps/3/channels            | info[]=user_count&filter_by_prefix=presence- | info[] is not read (expected: info, with commas: user_count,subscription_count)
          GET  | /apps/3/channels            | info%5B0%5D=user_count                       | info[0] is not read (expected: info, with commas: user_count,subscription_count)
          GET  | /apps/3/channels/presence-a | info[]=user_count                            | info[] is not read (expected: info, with commas: user_count,subscription_count,cache)
          GET  | /apps/3/channels            | info=user_count&info=subscription_count      | info is there twice (expected: once, with commas: user_count,subscription_count)
          POST | /apps/3/events              | name=e&channel=c&data=d&info[]=user_count    | info[] is not read (expected: info, with commas: user_count,subscription_count)
          POST | /apps/3/events              | event=e&channel=c&data=d                     | name is missing, and event is not read (expected: the event's name in name)
          """)
  void noticesParametersThatAreNotRead(String method, String path, String query, String error) {
    assertRefused(client.request(method, path, query, new byte[0]), ApiFault.INVALID, error);
  }

  @Test
  void boundsWhatItSkips() {
    String deep = "[".repeat(100_000);
    assertThat(client.post(EVENTS, "{\"x\":" + deep).body()).contains("nested too deeply");
    String number = "{\"x\":" + "1".repeat(100_000) + "}";
    assertThat(client.post(EVENTS, number).status()).isEqualTo(400);
  }

  @Test
  void refusesBodiesThatAreLongerThanTheLargestBatchByTheirHead() {
    byte[] none = new byte[0];
    HttpHead head = HttpHead.of("POST", BATCH + "?" + client.signed("POST", BATCH, "", none));
    assertThat(client.api.admit(head))
        .isInstanceOfSatisfying(
            HttpAdmission.Admitted.class,
            admitted -> {
              assertThat(admitted.maxBodyBytes()).isBetween(600_000, 700_000);
              assertRefused(
                  admitted.tooLong(),
                  ApiFault.TOO_LARGE,
                  "The body may have at most " + admitted.maxBodyBytes() + " bytes.");
            });
  }

  private static final String TIME = "&auth_timestamp=1353088179";
  private static final String PLAIN = "auth_key=278d425bdf160c739803&auth_version=1.0";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /apps/3/channels | auth_timestamp=1353088179&auth_version=1.0 | auth_key is missing
          /apps/3/channels | auth_key=other&auth_timestamp=1353088179&auth_version=1.0 | No app has this id and this auth_key
          /apps/3/channels | auth_key=another-key&auth_timestamp=1353088179&auth_version=1.0 | No app has this id and this auth_key
          /apps/4/channels | auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0 | No app has this id and this auth_key
          /apps/5/channels | auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0 | No app has this id and this auth_key
          /apps/3/channels | auth_key=278d425bdf160c739803&auth_timestamp=1353088179 | auth_version is missing
          /apps/3/channels | auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.1 | auth_version is not supported
          /apps/3/channels | auth_key=278d425bdf160c739803&auth_version=1.0 | auth_timestamp is missing
          /apps/3/channels | auth_key=278d425bdf160c739803&auth_timestamp=1353087578&auth_version=1.0 | auth_timestamp is 601 s from
          """)
  void refusesWhoDoesNotAuthenticate(String path, String parameters, String error) {
    HttpReply reply = client.send("GET", path, client.sign("GET", path, parameters), new byte[0]);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).contains("\"error\":\"" + error, "\"code\":\"unauthorized\"");
  }

  /**
   * The answer to a forged signature contains neither the genuine signature nor the text from which
   * it is made.
   */
  @Test
  void keepsItsSecretsWhenASignatureIsWrong() {
    String signed = client.signed("GET", "/apps/3/channels", "", new byte[0]);
    String genuine = signed.substring(signed.lastIndexOf('=') + 1);
    for (String forged :
        List.of(signed.replace(genuine, "0".repeat(64)), signed.replace("auth_signature", "x"))) {
      HttpReply reply = client.send("GET", "/apps/3/channels", forged, new byte[0]);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.body()).contains("auth_signature").doesNotContain(genuine, "canary");
    }
  }

  @Test
  void refusesABodyThatIsNotTheSignedOne() {
    byte[] body = EVENT.getBytes(UTF_8);
    String query = client.signed("POST", EVENTS, "", body);
    byte[] other = EVENT.replace("\"d\"", "\"D\"").getBytes(UTF_8);
    assertThat(client.send("POST", EVENTS, query, other).status()).isEqualTo(401);
    String unsaid = client.signed("POST", EVENTS, "", new byte[0]);
    assertThat(client.send("POST", EVENTS, unsaid, body).body()).contains("body_md5 is missing");
    assertThat(client.backend.published).isEmpty();
    assertThat(client.send("POST", EVENTS, query, body).status()).isEqualTo(200);
  }

  @Test
  void tellsAnAppThatIsTurnedOffOnlyWhenTheRequestIsGenuine() {
    ApiClient off = new ApiClient(client.app.with(App.State.DISABLED));
    HttpReply reply = off.post(EVENTS, EVENT);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).contains("\"code\":\"app_disabled\"");
    assertThat(off.send("GET", "/apps/3/channels", PLAIN + TIME, new byte[0]).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apps/",
        "/apps/3",
        "/apps/3/",
        "/apps/3/event",
        "/apps/3/events/",
        "/apps//events",
        "/apps/3/channels/",
        "/apps/3/channels/c/",
        "/apps/3/channels//users",
        "/apps/3/channels/a/b/users",
        "/apps/3/users/u",
        "/apps/3/users//terminate_connections"
      })
  void knowsNoOtherPaths(String path) {
    assertRefused(client.get(path, ""), ApiFault.NOT_FOUND, "Nothing is at this path.");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /apps/3/events, POST",
    "PUT, /apps/3/batch_events, POST",
    "POST, /apps/3/channels, GET",
    "DELETE, /apps/3/channels/c, GET",
    "GET, /apps/3/users/u/terminate_connections, POST"
  })
  void tellsWhichMethodIsExpected(String method, String path, String expected) {
    HttpReply reply = client.request(method, path, "", new byte[0]);
    assertRefused(
        reply,
        ApiFault.METHOD_NOT_ALLOWED,
        "Another method is expected at this path: " + expected + ".");
    assertThat(reply.headers()).isEqualTo(Map.of("Allow", expected));
  }

  @Test
  void countsEachRefusalByItsReason() {
    client.get("/apps/3/x", "");
    client.post(EVENTS, "{}");
    client.post(EVENTS, EVENT);
    Map<ApiFault, Long> counted =
        client.api.refusals().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(counted).isEqualTo(Map.of(ApiFault.NOT_FOUND, 1L, ApiFault.INVALID, 1L));
  }
}
