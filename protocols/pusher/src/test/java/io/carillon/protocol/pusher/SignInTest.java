package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.AppFeatures;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.app.AppLimits;
import io.carillon.hub.Disconnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

  private final PusherWorld world = new PusherWorld();

  private static String watchlist(String events) {
    return "{\"event\":\"pusher_internal:watchlist_events\",\"data\":%s}"
        .formatted(JsonFields.quote("{\"events\":[" + events + "]}"));
  }

  private static String online(String ids) {
    return "{\"name\":\"online\",\"user_ids\":[" + ids + "]}";
  }

  private static String offline(String ids) {
    return "{\"name\":\"offline\",\"user_ids\":[" + ids + "]}";
  }

  @Test
  void confirmsWhatItWasShown() {
    PusherWorld.Client client = world.client(0).signIn("{\"id\":\"12345\"}");

    assertThat(client.heard())
        .containsExactly(
            "{\"event\":\"pusher:signin_success\",\"data\":%s}"
                .formatted(
                    JsonFields.quote(
                        "{\"user_data\":%s}".formatted(JsonFields.quote("{\"id\":\"12345\"}")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"id\":\"\"}", "{\"id\":7}", "{\"id\":null}", "[]"})
  void endsWhoIsNobody(String userData) {
    PusherWorld.Client client = world.client(0).signIn(userData);

    assertThat(client.connection.closed()).map(Disconnect::code).contains(4009);
  }

  @Test
  void endsWhoShowsTheSignatureOfAnotherSocket() {
    PusherWorld.Client client = world.client(0);
    String signature = new Signatures(PusherWorld.APP).sign("1.1::user::{\"id\":\"1\"}");
    client.send(
        "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"%s:%s\",\"user_data\":\"{\\\"id\\\":\\\"1\\\"}\"}}"
            .formatted(PusherWorld.KEY, signature));

    assertThat(client.connection.closed()).map(Disconnect::code).contains(4009);
  }

  @Test
  void nobodyBecomesSomebodyElse() {
    PusherWorld.Client client = world.client(0).signIn("{\"id\":\"1\"}").signIn("{\"id\":\"1\"}");
    assertThat(client.heard()).hasSize(2);
    client.signIn("{\"id\":\"2\"}");

    assertThat(client.heard()).singleElement().asString().contains("pusher:error");
    client.subscribe("#server-to-user-2");
    assertThat(client.heard()).singleElement().asString().contains("AuthError");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void tellsWhoOfAWatchlistIsOnlineAndThenWhatChanges(int shard) {
    PusherWorld.Client bob = world.client(shard).signIn("{\"id\":\"bob\"}");
    PusherWorld.Client ada =
        world.client(0).signIn("{\"id\":\"ada\",\"watchlist\":[\"bob\",\"eve\",\"bob\"]}");
    PusherWorld.Client bobsPhone = world.client(1).signIn("{\"id\":\"bob\"}");
    bob.disconnect();
    PusherWorld.Client eve = world.client(shard).signIn("{\"id\":\"eve\"}");
    bobsPhone.disconnect();
    eve.disconnect();

    assertThat(ada.heard())
        .hasSize(5)
        .first()
        .asString()
        .startsWith("{\"event\":\"pusher:signin_success\"");
    ada.connection.texts().clear();
    PusherWorld.Client again = world.client(0).signIn("{\"id\":\"ada\",\"watchlist\":[\"bob\"]}");
    assertThat(again.heard()).last().isEqualTo(watchlist(offline("\"bob\"")));
  }

  @Test
  void tellsNothingWhereTheAppHasThemOff() {
    AppFeatures off = PusherWorld.APP.features().without(Feature.WATCHLIST);
    PusherWorld quiet = new PusherWorld(PusherWorld.APP.with(off));
    PusherWorld.Client ada = quiet.client(0).signIn("{\"id\":\"ada\",\"watchlist\":[\"bob\"]}");
    quiet.client(1).signIn("{\"id\":\"bob\"}");

    assertThat(ada.heard()).singleElement().asString().contains("pusher:signin_success");
  }

  /** Without channel_data, the user that has signed in is the member. */
  @Test
  void aUserOfWhomTooMuchIsSaidMayNotJoin() {
    String info = "x".repeat(AppLimits.DEFAULTS.maxPresenceMemberBytes());
    PusherWorld.Client ada =
        world.client(0).signIn("{\"id\":\"ada\",\"user_info\":\"" + info + "\"}");
    ada.heard();
    ada.subscribe("presence-a");

    assertThat(ada.heard())
        .singleElement()
        .asString()
        .contains("pusher:subscription_error", "\"status\":400", "too long");
  }

  @Test
  void tellsChangesInTheirOrder() {
    PusherWorld.Client ada =
        world.client(0).signIn("{\"id\":\"ada\",\"watchlist\":[\"bob\",\"eve\"]}");
    PusherWorld.Client bob = world.client(1).signIn("{\"id\":\"bob\"}");
    bob.disconnect();

    assertThat(ada.heard().stream().skip(1))
        .containsExactly(
            watchlist(offline("\"bob\",\"eve\"")),
            watchlist(online("\"bob\"")),
            watchlist(offline("\"bob\"")));
  }

  @Test
  void watchesOnlySoManyAndSaysSo() {
    PusherWorld small = new PusherWorld(PusherWorld.APP.with(Limits.maxWatchlist(2)));
    PusherWorld.Client ada =
        small.client(0).signIn("{\"id\":\"ada\",\"watchlist\":[\"a\",\"b\",\"c\"]}");

    assertThat(ada.heard())
        .hasSize(3)
        .anyMatch(text -> text.contains("pusher:signin_success"))
        .anyMatch(text -> text.contains("\"code\":4302"))
        .last()
        .isEqualTo(watchlist(offline("\"a\",\"b\"")));
    assertThat(ada.connection.closed()).isEmpty();
  }

  @Test
  void nobodyIsWatchedAnyMoreByWhoHasGone() {
    PusherWorld.Client ada = world.client(0).signIn("{\"id\":\"ada\",\"watchlist\":[\"bob\"]}");
    ada.heard();
    ada.disconnect();
    world.client(0).signIn("{\"id\":\"bob\"}");

    assertThat(ada.heard()).isEmpty();
  }

  @Test
  void endsAllConnectionsOfAUserAndNoOthers() {
    PusherWorld.Client first = world.client(0).signIn("{\"id\":\"1\"}");
    PusherWorld.Client second = world.client(1).signIn("{\"id\":\"1\"}");
    PusherWorld.Client other = world.client(0).signIn("{\"id\":\"2\"}");
    PusherWorld.Client member = world.client(0).join("presence-a", "{\"user_id\":\"1\"}");
    var done = world.protocol.terminate("3", "1").toCompletableFuture();
    world.settle();

    assertThat(first.connection.closed()).map(Disconnect::code).contains(4009);
    assertThat(second.connection.closed()).map(Disconnect::code).contains(4009);
    assertThat(other.connection.closed()).isEmpty();
    assertThat(member.connection.closed()).as("never signed in").isEmpty();
    assertThat(done).isNotCompletedExceptionally();
  }
}
