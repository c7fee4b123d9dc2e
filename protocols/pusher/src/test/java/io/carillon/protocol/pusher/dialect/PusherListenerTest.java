package io.carillon.protocol.pusher.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherListenerTest {

  private final RecordedConversation conversation = new RecordedConversation();
  private final PusherListener listener = new PusherListener(List.of("a", "b"), "key", "", "me");

  private static String event(String event, String channel, String data) {
    return "{\"event\":\"%s\",\"channel\":\"%s\",\"data\":\"%s\"}".formatted(event, channel, data);
  }

  @Test
  void printsWhatIsPublishedToItsChannelsAndNothingElse() {
    listener.onLine(event("pusher_internal:subscription_succeeded", "a", "{}"), conversation);
    listener.onLine(event("one", "a", "x\\ny"), conversation);
    listener.onLine(event("other", "c", "no"), conversation);
    listener.onLine(event("pusher_internal:member_added", "a", "no"), conversation);
    listener.onLine(event("two", "b", "z"), conversation);

    assertThat(conversation.calls)
        .containsExactly("joined", "deliver [a] one: x\ny", "deliver [b] two: z");
  }

  @Test
  void subscribesOnceTheServerHasSaidWhoTheClientIsAndAnswersItsPings() {
    listener.begin(conversation);
    listener.onLine(
        "{\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":\\\"1.2\\\"}\"}",
        conversation);
    listener.onLine("{\"event\":\"pusher:ping\",\"data\":{}}", conversation);

    assertThat(conversation.calls)
        .containsExactly(
            "send {\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"a\"}}",
            "send {\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"b\"}}",
            "send {\"event\":\"pusher:pong\",\"data\":{}}");
  }

  @Test
  void signsChannelsThatNeedIt() {
    PusherListener signing = new PusherListener(List.of("presence-x"), "key", "secret", "an\"n");
    signing.onLine(
        "{\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":\\\"1.2\\\"}\"}",
        conversation);

    assertThat(conversation.calls)
        .singleElement()
        .asString()
        .startsWith("send {\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"presence-x\"")
        .contains("\"auth\":\"key:", "\"channel_data\":\"{\\\"user_id\\\":\\\"an\\\\\\\"n\\\"}\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Welcome, Anonymous!",
        "{\"event\":\"pusher:error\",\"data\":{\"code\":4001,\"message\":\"no such app\"}}",
        "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"refused\"}}",
        "{\"event\":\"pusher:subscription_error\",\"channel\":\"a\",\"data\":{\"status\":401}}"
      })
  void endsForGoodWhereTryingAgainIsInVain(String line) {
    listener.onLine(line, conversation);

    assertThat(conversation.calls).singleElement().asString().startsWith("refuse ");
  }

  @Test
  void comesBackWhenTheServerIsOnlyBusyOrLeaving() {
    listener.onLine(
        "{\"event\":\"pusher:error\",\"data\":{\"code\":4200,\"message\":\"leaving\"}}",
        conversation);

    assertThat(conversation.calls).containsExactly("end 4200 leaving");
  }

  @ParameterizedTest
  @CsvSource({"4001 no app, true", "4100 busy, false", "4200, false", "1006, false"})
  void knowsWhichEndsAreFinal(String end, boolean isFinal) {
    assertThat(!listener.finality(end).isEmpty()).isEqualTo(isFinal);
  }

  @Test
  void knowsWhatNeedsASignature() {
    assertThat(PusherListener.signed(List.of("a", "presence-b"))).hasValue("presence-b");
    assertThat(PusherListener.signed(List.of("a", "cache-b", "#server-to-user-1"))).isEmpty();
  }
}
