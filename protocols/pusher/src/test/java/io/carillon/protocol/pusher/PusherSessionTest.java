package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.app.AppFeatures;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.auth.AllowedOrigins;
import io.carillon.broker.BrokerState;
import io.carillon.broker.PublishOutcome;
import io.carillon.hub.Disconnect;
import io.carillon.hub.HubConfig;
import io.carillon.message.Channel;
import io.carillon.protocol.Handshake;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherSessionTest {

  private final PusherWorld world = new PusherWorld();

  private static String succeeded(String channel) {
    return "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"%s\",\"data\":\"{}\"}"
        .formatted(channel);
  }

  @ParameterizedTest
  @CsvSource({
    "/app/278d425bdf160c739803,            4008",
    "/app/278d425bdf160c739803?protocol=,  4008",
    "/app/278d425bdf160c739803?protocol=x, 4006",
    "/app/278d425bdf160c739803?protocol=3, 4007",
    "/app/278d425bdf160c739803?protocol=8, 4007",
    "/app/278d425bdf160c739803?protocol=99999999999999999999, 4007",
    "/app/nobody?protocol=7,               4001",
    "/app?protocol=7,                      4005",
    "/app/?protocol=7,                     4005",
    "/app/a/b?protocol=7,                  4005",
  })
  void turnsAwayWithTheCodeThatSaysWhy(String target, int code) {
    PusherWorld.Client client = world.connect(0, target);

    assertThat(client.connection.closed()).map(Disconnect::code).contains(code);
    assertThat(client.heard())
        .singleElement()
        .asString()
        .startsWith("{\"event\":\"pusher:error\",\"data\":{\"code\":" + code + ",\"message\":\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7})
  void greets(int version) {
    PusherWorld.Client client =
        world.connect(1, "/app/" + PusherWorld.KEY + "?protocol=" + version);

    assertThat(client.heard())
        .singleElement()
        .asString()
        .matches(
            "\\{\"event\":\"pusher:connection_established\",\"data\":\"\\{"
                + "\\\\\"socket_id\\\\\":\\\\\"\\d+\\.\\d+\\\\\",\\\\\"activity_timeout\\\\\":120}\"}");
  }

  @Test
  void turnsAwayWhoMayNotComeIn() {
    App app = PusherWorld.APP;
    Handshake handshake =
        Handshake.of("/app/" + app.key() + "?protocol=7", List.of(), "", "https://evil.example");
    AllowedOrigins only = new AllowedOrigins.Only(Set.of("https://good.example"));

    assertThat(codeOf(app.with(App.State.DISABLED), handshake)).isEqualTo(4003);
    assertThat(codeOf(app.with(only), handshake)).isEqualTo(4009);
  }

  private static int codeOf(App app, Handshake handshake) {
    return new PusherWorld(app).connect(0, handshake).connection.closed().orElseThrow().code();
  }

  @Test
  void keepsTheQuotaOfConnections() {
    PusherWorld small = new PusherWorld(PusherWorld.APP.with(Limits.maxConnections(1)));
    PusherWorld.Client first = small.client(0);
    PusherWorld.Client second = small.connect(1, "/app/" + PusherWorld.KEY + "?protocol=7");

    assertThat(second.connection.closed()).map(Disconnect::code).contains(4004);
    second.disconnect();
    first.disconnect();
    assertThat(small.client(1).connection.closed()).isEmpty();
    assertThat(small.protocol.connections("3")).isEqualTo(1);
  }

  @Test
  void answersPings() {
    PusherWorld.Client client = world.client(0);
    client.send("{\"event\":\"pusher:ping\",\"data\":{}}").send("{\"event\":\"pusher:pong\"}");

    assertThat(client.heard()).containsExactly("{\"event\":\"pusher:pong\",\"data\":{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "news",
        "private-a",
        "private-encrypted-a",
        "private-encrypted-x",
        "a_-=@,.;Z9",
      })
  void subscribesAndDelivers(String channel) {
    PusherWorld.Client client = world.client(0).subscribe(channel);
    world.publish(channel, "hello", "{\"a\":\"ü\"}");

    assertThat(client.heard())
        .containsExactly(
            succeeded(channel),
            "{\"event\":\"hello\",\"channel\":\"%s\",\"data\":\"{\\\"a\\\":\\\"ü\\\"}\"}"
                .formatted(channel));
  }

  @Test
  void takesDataThatIsAStringOfJson() {
    PusherWorld.Client client = world.client(0);
    client.send("{\"event\":\"pusher:subscribe\",\"data\":\"{\\\"channel\\\":\\\"news\\\"}\"}");

    assertThat(client.heard()).containsExactly(succeeded("news"));
  }

  @Test
  void sparesTheSocketThatABackendNames() {
    PusherWorld.Client ada = world.client(0).subscribe("news");
    PusherWorld.Client bob = world.client(0).subscribe("news");
    ada.heard();
    bob.heard();
    world.publish("news", "hello", "x", ada.socketId());

    assertThat(ada.heard()).isEmpty();
    assertThat(bob.heard()).hasSize(1);
  }

  @Test
  void unsubscribes() {
    PusherWorld.Client client = world.client(0).subscribe("news");
    client.heard();
    client.send("{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"news\"}}");
    world.publish("news", "hello", "x");

    assertThat(client.heard()).isEmpty();
  }

  @Test
  void complainsOfASecondSubscriptionAndStays() {
    PusherWorld.Client client = world.client(0).subscribe("news").subscribe("news");

    assertThat(client.heard())
        .containsExactly(
            succeeded("news"),
            "{\"event\":\"pusher:error\",\"data\":{\"code\":null,"
                + "\"message\":\"Existing subscription to channel news\"}}");
    assertThat(client.connection.closed()).isEmpty();
  }

  @Test
  void closesWithACodeThatComesBackWhenTheBusIsAway() {
    PusherWorld.Client client = world.client(0);
    world.broker.become(BrokerState.DOWN);
    client.subscribe("news");

    assertThat(client.connection.closed()).map(Disconnect::code).contains(4100);
  }

  @Test
  void closesWithACodeThatComesBackWhenTheBusDoesNotAnswer() {
    PusherWorld.Client client = world.client(0);
    client.session.onText(client.subscribing("news", null));
    world.loops.runAll();
    world.clock.advance(HubConfig.DEFAULTS.subscribeTimeout());
    world.loops.runAll();

    assertThat(client.connection.closed()).map(Disconnect::code).contains(4100);
  }

  @Test
  void refusesAChannelThatTheBusHasNoAddressFor() {
    world.broker.refuseToCarry(new Channel("3", "news"));
    PusherWorld.Client client = world.client(0).subscribe("news");

    assertThat(client.heard())
        .singleElement()
        .asString()
        .contains("pusher:subscription_error", "\"status\":400", "no address");
    assertThat(client.connection.closed()).isEmpty();
  }

  /** RFC 6455, section 7.4.1: 1003 is for data that an endpoint can't take. */
  @Test
  void endsWhoSendsBinaryMessages() {
    PusherWorld.Client client = world.client(0);
    client.session.onBinary(new byte[] {1});

    assertThat(client.connection.closed()).map(Disconnect::code).contains(1003);
  }

  @Test
  void endsTooManySubscriptionsInAnErrorAndNotInAnEnd() {
    PusherWorld.Client client = world.client(0);
    for (int i = 0; i < 10_000; i++) {
      client.session.onText(client.subscribing("channel-" + i, null));
    }
    world.settle();
    List<String> heard = client.heard();

    assertThat(heard).filteredOn(text -> text.contains("subscription_succeeded")).hasSize(1000);
    assertThat(heard)
        .filteredOn(text -> text.contains("\"type\":\"LimitReached\"") && text.contains("403"))
        .hasSize(9000);
    assertThat(client.connection.closed()).isEmpty();
    client.disconnect();
    world.settle();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{",
        "{}",
        "{\"event\":7}",
        "{\"event\":\"pusher:unknown\"}",
        "{\"event\":\"pusher_internal:member_added\",\"channel\":\"a\",\"data\":\"{}\"}",
        "{\"event\":\"pusher:ping\"} trailing",
        "{\"event\":\"pusher:ping\",\"event\":\"pusher:ping\"}",
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"presence-a\",\"channel_data\":{}}}",
      })
  void complainsOfWhatItDoesNotUnderstandAndStays(String text) {
    PusherWorld.Client client = world.client(0).send(text);

    assertThat(client.heard())
        .singleElement()
        .asString()
        .startsWith("{\"event\":\"pusher:error\",\"data\":{\"code\":null,");
    assertThat(client.connection.closed()).isEmpty();
  }

  @Test
  void complainsOfWhatIsNestedTooDeeply() {
    complainsOfWhatItDoesNotUnderstandAndStays(
        "{\"event\":\"client-a\",\"data\":" + "[".repeat(101) + "]".repeat(101) + "}");
  }

  private static String unsubscribing(String channel) {
    return "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"" + channel + "\"}}";
  }

  @Test
  void readsOnBehindAnyNumberOfUnsubscribes() {
    PusherWorld.Client client = world.client(0);
    for (int i = 0; i < 900; i++) {
      client.session.onText(client.subscribing("a" + i, null));
    }
    world.settle();
    for (int i = 0; i < 900; i++) {
      client.send(unsubscribing("a" + i));
      client.send(unsubscribing("never-joined"));
      assertThat(client.connection.isPaused()).isFalse();
    }
  }

  /**
   * To leave a channel costs little; to join again is told to other members, and may need a bind.
   */
  @Test
  void readsMoreSlowlyWhoComesBackAllTheTime() {
    PusherWorld.Client client = world.client(0);
    for (int i = 0; i < 101; i++) {
      client.subscribe("a").send(unsubscribing("a"));
      assertThat(client.connection.isPaused()).isFalse();
    }
    for (int i = 0; i < 3; i++) {
      client.subscribe("a");
      assertThat(client.connection.isPaused()).isTrue();
      world.clock.advance(Duration.ofMillis(10));
      world.settle();
      assertThat(client.connection.isPaused()).isFalse();
      client.send(unsubscribing("a"));
    }
    world.clock.advance(Duration.ofSeconds(1));
    client.subscribe("a");
    assertThat(client.connection.isPaused()).isFalse();
  }

  @Test
  void doesNotCountTheFirstSubscriptions() {
    PusherWorld.Client client = world.client(0).subscribe("a").send(unsubscribing("a"));
    for (int i = 0; i < 900; i++) {
      client.subscribe("a" + i);
      assertThat(client.connection.isPaused()).isFalse();
    }
  }

  /**
   * pusher-js knows subscription_error. The libraries for Java and Swift know only pusher:error,
   * which Pusher sends.
   */
  @ParameterizedTest
  @CsvSource({
    "client=java-client&protocol=5&version=2.4.4",
    "protocol=7&client=pusher-websocket-swift&version=10.1.10",
    "protocol=7",
    "protocol=7&client=",
  })
  void tellsOtherClientsOfARefusedSubscriptionAsPusherDoesToo(String query) {
    PusherWorld.Client client = world.connect(0, "/app/" + PusherWorld.KEY + "?" + query);
    client.heard();
    client.subscribe("private-a");
    List<String> heard = client.heard();

    assertThat(heard).hasSize(2);
    assertThat(heard.getFirst())
        .startsWith("{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\",")
        .contains("\"status\":401");
    assertThat(heard.getLast())
        .startsWith(
            "{\"event\":\"pusher:error\",\"data\":{\"code\":null,"
                + "\"message\":\"Subscription to private-a refused: The signature is not");
    assertThat(client.connection.closed()).isEmpty();
  }

  @Test
  void tellsPusherJsOfARefusedSubscriptionOnce() {
    PusherWorld.Client client = world.client(0);
    client.send("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-a\"}}");

    assertThat(client.heard()).singleElement().asString().contains("pusher:subscription_error");
  }

  @Test
  void namesLongChannelsInShort() {
    PusherWorld.Client client = world.connect(0, "/app/" + PusherWorld.KEY + "?protocol=7");
    client.heard();
    client.subscribe("a".repeat(199) + "🔔🔔" + "a".repeat(100_000));

    assertThat(client.heard().getLast())
        .contains("Subscription to " + "a".repeat(199) + "🔔… refused")
        .hasSizeLessThan(500);
  }

  @Test
  void tellsClientsToComeBackAtOnceWhenTheNodeLeaves() {
    PusherWorld.Client client = world.client(0).subscribe("private-a");
    client.session.onText("{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":1}");
    world.loops.runAll();
    var leaving = client.session.onShutdown().toCompletableFuture();

    assertThat(leaving).isNotDone();
    world.broker.answerPublish(PublishOutcome.ACCEPTED);
    world.loops.runAll();
    assertThat(leaving).isCompletedWithValueMatching(why -> why.code() == 4200);
  }

  @Test
  void tellsSilentClientsToComeBackAtOnce() {
    assertThat(world.client(0).session.onSilence()).map(Disconnect::code).contains(4201);
  }

  @Test
  void sendsAwayWhoDoesNotProveAnythingInTime() {
    App strict =
        PusherWorld.APP.with(
            new AppFeatures(Set.of(Feature.USER_AUTHENTICATION_REQUIRED, Feature.WATCHLIST)));
    PusherWorld strictWorld = new PusherWorld(strict);
    PusherWorld.Client stranger = strictWorld.client(0).subscribe("news");
    PusherWorld.Client signed = strictWorld.client(0).subscribe("private-a");
    PusherWorld.Client user = strictWorld.client(1).signIn("{\"id\":\"1\"}");
    for (int second = 0; second < 30; second++) {
      assertThat(stranger.connection.closed()).isEmpty();
      strictWorld.clock.advance(Duration.ofSeconds(1));
      strictWorld.settle();
    }

    assertThat(stranger.connection.closed()).map(Disconnect::code).contains(4009);
    assertThat(signed.connection.closed()).isEmpty();
    assertThat(user.connection.closed()).isEmpty();
  }
}
