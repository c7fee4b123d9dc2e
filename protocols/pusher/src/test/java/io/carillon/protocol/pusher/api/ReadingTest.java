package io.carillon.protocol.pusher.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.http.HttpReply;
import io.carillon.message.Channel;
import io.carillon.presence.Occupancy;
import io.carillon.protocol.pusher.api.PusherBackend.CachedEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels, members, users and counts. */
class ReadingTest {

  private final ApiClient client = ApiClient.counting();
  private final FakeBackend backend = client.backend;

  private void occupy(String channel, int subscriptions, int members) {
    backend.occupied.put(new Channel("3", channel), new Occupancy(subscriptions, members));
  }

  private String get(String path, String query) {
    HttpReply reply = client.get("/apps/3" + path, query);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.body();
  }

  @Test
  void listsChannelsThatSomebodyIsIn() {
    occupy("presence-a", 3, 2);
    occupy("b", 1, 0);
    occupy("left", 0, 0);
    backend.occupied.put(new Channel("4", "of-another-app"), new Occupancy(1, 0));
    assertThat(get("/channels", "")).isEqualTo("{\"channels\":{\"presence-a\":{},\"b\":{}}}");
    assertThat(get("/channels", "filter_by_prefix=presence-&info=user_count"))
        .isEqualTo("{\"channels\":{\"presence-a\":{\"user_count\":2}}}");
    assertThat(get("/channels", "info=subscription_count"))
        .isEqualTo(
            "{\"channels\":{\"presence-a\":{\"subscription_count\":3},"
                + "\"b\":{\"subscription_count\":1}}}");
    assertThat(get("/channels", "filter_by_prefix=x")).isEqualTo("{\"channels\":{}}");
  }

  /** In other servers one of these channels makes the whole list fail. */
  @Test
  void listsTheOthersBesideANameThatIsNone() {
    occupy("a b\"", 1, 0);
    occupy("b", 1, 0);
    occupy("#server-to-user-7", 1, 0);
    assertThat(get("/channels", "info=subscription_count"))
        .isEqualTo("{\"channels\":{\"a b\\\"\":{},\"b\":{\"subscription_count\":1}}}");
  }

  @Test
  void tellsOfOneChannel() {
    occupy("presence-a", 3, 2);
    assertThat(get("/channels/presence-a", "")).isEqualTo("{\"occupied\":true}");
    assertThat(get("/channels/presence-a", "info=user_count,subscription_count"))
        .isEqualTo("{\"occupied\":true,\"user_count\":2,\"subscription_count\":3}");
    assertThat(get("/channels/empty", "info=subscription_count"))
        .isEqualTo("{\"occupied\":false,\"subscription_count\":0}");
    assertThat(get("/channels/presence%2Da", "info=")).isEqualTo("{\"occupied\":true}");
  }

  @Test
  void tellsWhatACacheChannelRemembers() {
    backend.cached.put(
        new Channel("3", "private-cache-a"), new CachedEvent("\"d\"", Duration.ofMillis(59_900)));
    assertThat(get("/channels/private-cache-a", "info=cache"))
        .isEqualTo("{\"occupied\":false,\"cache\":{\"data\":\"\\\"d\\\"\",\"ttl\":59}}");
    assertThat(get("/channels/cache-b", "info=cache"))
        .isEqualTo("{\"occupied\":false,\"cache\":null}");
  }

  @Test
  void tellsTheMembersOfAPresenceChannel() {
    backend.members.put(new Channel("3", "presence-a"), List.of("1", "\"x"));
    assertThat(get("/channels/presence-a/users", ""))
        .isEqualTo("{\"users\":[{\"id\":\"1\"},{\"id\":\"\\\"x\"}]}");
    assertThat(get("/channels/presence-b/users", "")).isEqualTo("{\"users\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/channels             | info=user_count                          | user_count is of"
            + " presence",
        "/channels             | info=user_count&filter_by_prefix=presence | user_count is of"
            + " presence",
        "/channels             | info=cache                               | is not available here",
        "/channels/a           | info=user_count                          | user_count is of"
            + " presence",
        "/channels/private-a   | info=cache                               | cache is of cache"
            + " channels",
        "/channels/a           | info=occupied,x                          | is not available here",
        "/channels/a%20b       | info=                                    | a b",
        "/channels/a/users     | x=                                       | Only presence channels",
        "/channels/private-a/users | x=                                   | Only presence channels"
      })
  void refusesWhatThereIsNotToTell(String path, String query, String error) {
    HttpReply reply = client.get("/apps/3" + path, query);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains(error, "\"code\":\"invalid\"");
  }

  @Test
  void countsSubscriptionsOnlyWhereThatIsTurnedOn() {
    ApiClient plain = new ApiClient();
    for (String path : List.of("/apps/3/channels", "/apps/3/channels/a")) {
      HttpReply reply = plain.get(path, "info=subscription_count");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("feature subscription_count turns it on");
    }
  }

  @Test
  void endsAUsersConnections() {
    String path = "/apps/3/users/7%2F8/terminate_connections";
    assertThat(client.post(path, "").body()).isEqualTo("{}");
    assertThat(client.post(path, "{}").body()).isEqualTo("{}");
    assertThat(backend.terminated).containsExactly("3/7/8", "3/7/8");
    backend.outcomes.add(new PublishOutcome.Refused(Refusal.UNAVAILABLE, "away"));
    assertThat(client.post(path, "{}").status()).isEqualTo(503);
    backend.outcomes.add(new PublishOutcome.Unknown("away"));
    assertThat(client.post(path, "{}").status()).isEqualTo(504);
    String longer = "/apps/3/users/" + "u".repeat(129) + "/terminate_connections";
    assertThat(client.post(longer, "{}").status()).isEqualTo(400);
  }

  @Test
  void countsWhatAnAppReadsApartFromWhatItPublishes() {
    ApiClient limited = new ApiClient(ApiClient.limitedTo(1, 2));
    List<String> paths = List.of("/channels", "/channels/a", "/channels/presence-a/users");
    for (String path : paths.subList(0, 2)) {
      assertThat(limited.get("/apps/3" + path, "").status()).isEqualTo(200);
    }
    for (String path : paths) {
      HttpReply reply = limited.get("/apps/3" + path, "");
      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.headers()).containsKey("Retry-After");
    }
    String event = "{\"name\":\"e\",\"channel\":\"c\",\"data\":\"d\"}";
    assertThat(limited.post("/apps/3/events", event).status()).isEqualTo(200);
  }

  @Test
  void countsConnections() {
    assertThat(get("/connections", "")).isEqualTo("{\"connections\":7}");
  }
}
