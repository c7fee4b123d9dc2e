package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.hub.Disconnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Half an emoji, which JSON can escape and UTF-8 can't encode. Identifiers and signed texts with
 * half an emoji are refused; in clients' messages to each other it becomes U+FFFD.
 */
class LoneSurrogatesTest {

  private static final String COMPLAINT = "{\"event\":\"pusher:error\",\"data\":{\"code\":null,";

  private final PusherWorld world = new PusherWorld();

  private static String sign(String text) {
    return PusherWorld.KEY + ":" + new Signatures(PusherWorld.APP).sign(text);
  }

  /** A subscribe with this channel data, inside a JSON string. */
  private static String joining(String auth, String escapedChannelData) {
    return "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"presence-a\",\"auth\":\"%s\",\"channel_data\":\"%s\"}}"
        .formatted(auth, escapedChannelData);
  }

  @Test
  void aSignatureForAQuestionMarkMakesNoOtherMembers() {
    PusherWorld.Client client = world.client(0);
    String auth = sign(client.socketId() + ":presence-a:{\"user_id\":\"?\"}");
    for (String half : new String[] {"\\ud83d", "\\ud83e", "\\udc00"}) {
      client.send(joining(auth, "{\\\"user_id\\\":\\\"" + half + "\\\"}"));

      assertThat(client.heard())
          .singleElement()
          .asString()
          .startsWith(COMPLAINT)
          .contains("channel_data", "lone surrogate");
    }
    assertThat(client.connection.closed()).isEmpty();
    client.send(joining(auth, "{\\\"user_id\\\":\\\"?\\\"}"));
    assertThat(client.heard()).singleElement().asString().contains("\\\"ids\\\":[\\\"?\\\"]");
  }

  @Test
  void aMemberIsNotCalledHalfAnEmoji() {
    PusherWorld.Client client = world.client(0);
    client.join("presence-a", "{\"user_id\":\"\\ud83d\"}");

    assertThat(client.heard().getFirst()).contains("pusher:subscription_error", "\"status\":400");
    assertThat(client.connection.closed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"#server-to-user-\\ud83d\"}}",
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"\\ud83d\"}}",
        "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-a\",\"auth\":\"\\ud83d\"}}",
        "{\"event\":\"pusher:subscribe\",\"data\":\"{\\\"channel\\\":\\\"\\udc00\\\"}\"}",
        "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"\\ud83d\"}}",
        "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"\\ud83d\",\"user_data\":\"{}\"}}",
        "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"a\",\"user_data\":\"\\ud83d\"}}",
        "{\"event\":\"client-\\ud83d\",\"channel\":\"private-a\",\"data\":1}",
        "{\"event\":\"client-a\",\"channel\":\"private-\\ud83d\",\"data\":1}",
        "{\"event\":\"\\ud83d\",\"data\":1}",
      })
  void identifiersAndSignaturesAreRefused(String message) {
    PusherWorld.Client client = world.client(0).subscribe("private-a");
    client.heard();
    client.send(message);

    assertThat(client.heard())
        .singleElement()
        .asString()
        .startsWith(COMPLAINT)
        .contains("lone surrogate")
        .doesNotContain("?");
    assertThat(client.connection.closed()).isEmpty();
  }

  /** Such a user could not be terminated, because no URL can have the id. */
  @Test
  void nobodySignsInWithHalfAnEmoji() {
    PusherWorld.Client escaped = world.client(0).signIn("{\"id\":\"\\ud83d\"}");
    assertThat(escaped.connection.closed()).map(Disconnect::code).contains(4009);

    PusherWorld.Client raw = world.client(0);
    String auth = sign(raw.socketId() + "::user::{\"id\":\"?\"}");
    raw.send(
        "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"%s\",\"user_data\":\"{\\\"id\\\":\\\"\\ud83d\\\"}\"}}"
            .formatted(auth));
    assertThat(raw.heard()).singleElement().asString().startsWith(COMPLAINT).contains("user_data");
    assertThat(raw.connection.closed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"a\":\"\\ud83d\"},       {\"a\":\"\\ufffd\"}",
        "\"\\ud83d\\ud83d\\ude00\", \"\\ufffd\\ud83d\\ude00\"",
        "\"\\uD83D\\u0041\",        \"\\ufffd\\u0041\"",
        "\"\\ud83d\\n\",            \"\\ufffd\\n\"",
        "\"\\\\ud83d\",             \"\\\\ud83d\"",
        "\"\\\\\\ud83d\",           \"\\\\\\ufffd\"",
        "\"🔔 \\ud83d\\udd14\",     \"🔔 \\ud83d\\udd14\"",
        "[1.5e3],                   [1.5e3]",
      })
  void inWhatClientsSayItBecomesTheReplacementCharacter(String sent, String heard) {
    PusherWorld.Client ann = world.client(0).subscribe("private-a");
    PusherWorld.Client bob = world.client(1).subscribe("private-a");
    bob.heard();
    ann.trigger("private-a", "client-said", sent);

    assertThat(bob.heard())
        .containsExactly(
            "{\"event\":\"client-said\",\"channel\":\"private-a\",\"data\":" + heard + "}");
  }

  @Test
  void inWhatMembersAreToldOfEachOtherItBecomesTheReplacementCharacter() {
    PusherWorld.Client client = world.client(0);
    client.join("presence-a", "{\"user_id\":\"1\",\"user_info\":{\"name\":\"\\ud83d\"}}");

    assertThat(client.heard())
        .singleElement()
        .asString()
        .contains("{\\\"name\\\":\\\"\\\\ufffd\\\"}");
  }

  @Test
  void inWhatBackendsPublishItBecomesTheReplacementCharacter() {
    PusherWorld.Client client = world.client(0).subscribe("news");
    client.heard();
    world.publish("news", "e", "half \ud83d");

    assertThat(client.heard())
        .containsExactly("{\"event\":\"e\",\"channel\":\"news\",\"data\":\"half \ufffd\"}");
  }

  /** The quoted part of the text ends at the end of a character. */
  @Test
  void anUnknownEventIsNotCutInTwo() {
    PusherWorld.Client client =
        world.client(0).send("{\"event\":\"%s🔔🔔\"}".formatted("a".repeat(49)));

    assertThat(client.heard())
        .singleElement()
        .asString()
        .contains("a".repeat(49) + "🔔…")
        .doesNotContain("?");
  }

  /** Jackson takes U+0434 for the digit 4, and other readers of JSON refuse such an escape. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"client-a\",\"channel\":\"private-a\",\"data\":\"\\uд444\"}",
        "{\"event\":\"pusher:ping\",\"data\":{\"a\":\"\\uд444\"}}"
      })
  void anEscapeWithAnotherDigitIsNoJson(String message) {
    assertThat(world.client(0).send(message).heard())
        .singleElement()
        .asString()
        .contains("Invalid message (expected: a JSON object");
  }
}
