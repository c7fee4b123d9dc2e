package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.app.AppFeatures;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientEventsTest {

  private final PusherWorld world = new PusherWorld();

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", "\"text\"", "\"\\u00fc\\\"\"", "[1,2]", "null", "1e5"})
  void reachesOthersAsItCameAndNotItsSender(String data) {
    PusherWorld.Client ada = world.client(0).subscribe("private-a");
    PusherWorld.Client bob = world.client(0).subscribe("private-a");
    PusherWorld.Client eve = world.client(1).subscribe("private-a");
    List.of(ada, bob, eve).forEach(PusherWorld.Client::heard);
    ada.trigger("private-a", "client-x", data);

    String expected = "{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":" + data + "}";
    assertThat(ada.heard()).isEmpty();
    assertThat(bob.heard()).containsExactly(expected);
    assertThat(eve.heard()).containsExactly(expected);
  }

  @Test
  void namesTheUserOnPresenceChannelsWhoeverItClaimsToBe() {
    PusherWorld.Client ada = world.client(0).join("presence-a", "{\"user_id\":10}");
    PusherWorld.Client bob = world.client(1).join("presence-a", "{\"user_id\":\"bob\"}");
    bob.heard();
    ada.send("{\"event\":\"client-x\",\"channel\":\"presence-a\",\"data\":1,\"user_id\":\"bob\"}");

    assertThat(bob.heard())
        .containsExactly(
            "{\"event\":\"client-x\",\"channel\":\"presence-a\",\"data\":1,\"user_id\":\"10\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "news",
        "cache-news",
        "private-encrypted-a",
        "private-encrypted-cache-a",
        "#server-to-user-1",
        "private-not-subscribed",
        ""
      })
  void isRejectedElsewhere(String channel) {
    PusherWorld.Client ada = world.client(0);
    if (!channel.isEmpty() && !channel.equals("private-not-subscribed")) {
      ada.subscribe(channel);
    }
    ada.heard();
    ada.trigger(channel, "client-x", "1");

    assertThat(ada.heard())
        .singleElement()
        .asString()
        .startsWith("{\"event\":\"pusher:error\",\"data\":{\"code\":null,");
    assertThat(world.broker.waitingPublishes()).isZero();
  }

  @Test
  void isRejectedWhileItsOwnSubscriptionIsNotConfirmed() {
    PusherWorld.Client ada = world.client(0);
    ada.session.onText(ada.subscribing("private-a", null));
    ada.session.onText("{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":1}");

    assertThat(ada.heard()).singleElement().asString().contains("subscribe to the channel before");
    world.settle();
    assertThat(ada.heard()).singleElement().asString().contains("subscription_succeeded");
  }

  @Test
  void isRejectedWhereTheAppDoesNotTakeThem() {
    PusherWorld strict = new PusherWorld(PusherWorld.APP.with(AppFeatures.DEFAULTS));
    PusherWorld.Client ada = strict.client(0).subscribe("private-a");
    PusherWorld.Client bob = strict.client(0).subscribe("private-a");
    bob.heard();
    ada.trigger("private-a", "client-x", "1");

    assertThat(ada.heard()).hasSize(2).last().asString().contains("enable_client_messages");
    assertThat(bob.heard()).isEmpty();
  }

  @Test
  void isRejectedWhenItComesTooFast() {
    PusherWorld.Client ada = world.client(0).subscribe("private-a");
    PusherWorld.Client bob = world.client(1).subscribe("private-a");
    ada.heard();
    bob.heard();
    for (int i = 0; i < 25; i++) {
      ada.trigger("private-a", "client-x", "" + i);
    }
    assertThat(bob.heard()).hasSize(10);
    assertThat(ada.heard()).hasSize(15).allMatch(text -> text.contains("\"code\":4301"));

    world.clock.advance(Duration.ofMillis(500));
    for (int i = 0; i < 25; i++) {
      ada.trigger("private-a", "client-x", "" + i);
    }
    assertThat(bob.heard()).hasSize(5);
    assertThat(ada.connection.closed()).isEmpty();
  }

  @Test
  void boundsNamesAndData() {
    PusherWorld.Client ada = world.client(0).subscribe("private-a");
    ada.heard();
    ada.trigger("private-a", "client-" + "x".repeat(194), "1");
    assertThat(ada.heard()).singleElement().asString().contains("at most 200 characters");
    ada.trigger("private-a", "client-x", "\"" + "x".repeat(10_239) + "\"");
    assertThat(ada.heard()).singleElement().asString().contains("at most 10240 bytes");
    ada.trigger("private-a", "client-x", "\"" + "x".repeat(10_238) + "\"");
    assertThat(ada.heard()).isEmpty();
  }

  @Test
  void tellsRefusedFromUnknown() {
    PusherWorld.Client ada = world.client(0).subscribe("private-a");
    ada.heard();
    ada.session.onText("{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":1}");
    ada.session.onText("{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":2}");
    world.loops.runAll();
    world.broker.answerPublish(new PublishOutcome.Refused(Refusal.UNAVAILABLE, "away"));
    world.broker.answerPublish(new PublishOutcome.Unknown("away"));
    world.loops.runAll();

    assertThat(ada.heard()).hasSize(2).first().asString().contains("send it again");
  }

  @Test
  void tellsWhichRefusalsAreForGood() {
    PusherWorld.Client ada = world.client(0).subscribe("private-a");
    ada.heard();
    for (Refusal kind : Refusal.values()) {
      ada.session.onText("{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":1}");
      world.loops.runAll();
      world.broker.answerPublish(new PublishOutcome.Refused(kind, "no"));
      world.loops.runAll();
      assertThat(ada.heard())
          .singleElement()
          .asString()
          .contains(kind == Refusal.TOO_LARGE ? "too large for the message bus" : "send it again");
    }
  }

  @Test
  void isNotRememberedByCacheChannels() {
    PusherWorld.Client ada = world.client(0).subscribe("private-cache-a");
    world.client(0).subscribe("private-cache-a").trigger("private-cache-a", "client-x", "1");
    assertThat(ada.heard()).hasSize(3).last().asString().contains("client-x");

    assertThat(world.client(1).subscribe("private-cache-a").heard())
        .hasSize(2)
        .last()
        .asString()
        .contains("pusher:cache_miss");
  }

  @Test
  void slowsDownWhoIsFasterThanTheBus() {
    App app = PusherWorld.APP;
    PusherWorld fast = new PusherWorld(app.with(Limits.maxClientEvents(1_000_000)));
    PusherWorld.Client ada = fast.client(0).subscribe("private-a");
    for (int i = 0; i < 256; i++) {
      ada.session.onText("{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":1}");
    }
    assertThat(ada.connection.isPaused()).isTrue();
    fast.settle();
    assertThat(ada.connection.isPaused()).isFalse();
  }
}
