package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribeSignaturesTest {

  private static final Signatures SIGNATURES = new Signatures(PusherWorld.APP);

  private final PusherWorld world = new PusherWorld();

  /** Examples of Pusher's documentation and of its libraries. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1234.1234:private-foobar"
            + "|58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4",
        "1234.1234::user::{\"id\":\"12345\"}"
            + "|4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba",
        "1234.1234:presence-foobar:{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}"
            + "|31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80",
        "1234.1234:presence-foobar:{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Pusher\"}}"
            + "|afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c",
      })
  void signsAsPusherDoes(String text, String signature) {
    assertThat(SIGNATURES.sign(text)).isEqualTo(signature);
    assertThat(SIGNATURES.isValid(text, signature)).isTrue();
    assertThat(SIGNATURES.isValid(text + " ", signature)).isFalse();
  }

  /** The name decides the kind of a channel: a cache channel of a private kind is private. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "private-a",
        "private-cache-a",
        "private-encrypted-a",
        "private-encrypted-cache-a",
        "presence-a",
        "presence-cache-a",
        "private-",
        "presence-",
      })
  void refusesWhoShowsNothingOrSomethingElse(String channel) {
    PusherWorld.Client client = world.client(0);
    PusherWorld.Client other = world.client(0);
    String data = "{\\\"user_id\\\":\\\"1\\\"}";
    String valid = PusherWorld.KEY + ":" + SIGNATURES.sign(client.socketId() + ":" + channel);
    String[] auths = {
      "",
      "x",
      PusherWorld.KEY,
      PusherWorld.KEY + ":",
      valid.substring(0, valid.length() - 1),
      valid + "0",
      valid.toUpperCase(Locale.ROOT),
      "otherkey" + valid.substring(valid.indexOf(':')),
      PusherWorld.KEY + ":" + SIGNATURES.sign(other.socketId() + ":" + channel),
      PusherWorld.KEY + ":" + SIGNATURES.sign(client.socketId() + ":" + channel + "x"),
    };
    for (String auth : auths) {
      client.send(
          "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"%s\",\"auth\":\"%s\",\"channel_data\":\"%s\"}}"
              .formatted(channel, auth, data));
      assertThat(client.heard())
          .as(auth)
          .singleElement()
          .asString()
          .startsWith(
              "{\"event\":\"pusher:subscription_error\",\"channel\":\"%s\",\"data\":{\"type\":\"AuthError\""
                  .formatted(channel))
          .endsWith("\"status\":401}}");
    }
    assertThat(world.broker.routed()).isEmpty();
    assertThat(client.connection.closed()).isEmpty();
  }

  @Test
  void signsChannelDataOfPrivateChannelsToo() {
    PusherWorld.Client client = world.client(0).join("private-a", "{\"anything\":1}");

    assertThat(client.heard()).singleElement().asString().contains("subscription_succeeded");
    assertThat(client.connection.closed()).isEmpty();
  }

  /** Some libraries send empty channel data if they have none, and don't sign it. */
  @Test
  void channelDataThatIsEmptyCountsAsAbsent() {
    PusherWorld.Client client = world.client(0).signIn("{\"id\":\"ada\"}");
    client.heard();
    for (String channel : new String[] {"private-a", "presence-a"}) {
      String auth = PusherWorld.KEY + ":" + SIGNATURES.sign(client.socketId() + ":" + channel);
      client.send(
          "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"%s\",\"auth\":\"%s\",\"channel_data\":\"\"}}"
              .formatted(channel, auth));

      assertThat(client.heard()).singleElement().asString().contains("subscription_succeeded");
    }
  }

  @Test
  void channelDataThatWasNotSignedIsRefused() {
    PusherWorld.Client client = world.client(0);
    String auth = PusherWorld.KEY + ":" + SIGNATURES.sign(client.socketId() + ":private-a");
    client.send(
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-a\",\"auth\":\"%s\",\"channel_data\":\"{}\"}}"
            .formatted(auth));

    assertThat(client.heard()).singleElement().asString().contains("AuthError");
  }

  @Test
  void refusesNamesThatNoChannelHas() {
    PusherWorld.Client client = world.client(0);
    for (String name :
        new String[] {"", "a b", "ü", "#a", "#online-1", "a/b", "a:b", "x".repeat(165)}) {
      client.subscribe(name);
      assertThat(client.heard()).as(name).singleElement().asString().contains("\"status\":400}");
    }
    client.subscribe("x".repeat(164));
    assertThat(client.heard()).singleElement().asString().contains("subscription_succeeded");
  }

  @Test
  void onlyTheUserMaySubscribeToTheUsersChannel() {
    PusherWorld.Client client = world.client(0);
    client.subscribe("#server-to-user-1");
    assertThat(client.heard()).singleElement().asString().contains("AuthError");

    client.signIn("{\"id\":\"1\"}");
    client.heard();
    client.subscribe("#server-to-user-2");
    assertThat(client.heard()).singleElement().asString().contains("AuthError");
    client.subscribe("#server-to-user-1");
    assertThat(client.heard()).singleElement().asString().contains("subscription_succeeded");
    world.publish("#server-to-user-1", "hi", "x");
    assertThat(client.heard()).hasSize(1);
  }
}
