package io.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherDialectTest {

  private final StringWriter out = new StringWriter();
  private final Printout printout = new Printout(2, new PrintWriter(out));
  private final Conversation conversation = new Conversation();
  private final PusherDialect dialect =
      new PusherDialect(List.of("a", "b"), "key", "", "me", printout);

  private static String event(String event, String channel, String data) {
    return "{\"event\":\"%s\",\"channel\":\"%s\",\"data\":\"%s\"}".formatted(event, channel, data);
  }

  @Test
  void printsWhatIsPublishedToItsChannelsAndNothingElse() {
    dialect.onLine(event("pusher_internal:subscription_succeeded", "a", "{}"), conversation);
    dialect.onLine(event("one", "a", "x\\ny"), conversation);
    dialect.onLine(event("other", "c", "no"), conversation);
    dialect.onLine(event("pusher_internal:member_added", "a", "no"), conversation);
    assertThat(conversation.ended()).isNotDone();
    dialect.onLine(event("two", "b", "z"), conversation);

    assertThat(out).hasToString("[a] one: x\\ny\n[b] two: z\n");
    assertThat(conversation.ended()).isCompleted();
    assertThat(printout.isDone()).isTrue();
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
    dialect.onLine(line, conversation);

    assertThat(conversation.ended()).isCompleted();
    assertThatThrownBy(conversation::throwIfRefused).isInstanceOf(IOException.class);
  }

  @Test
  void comesBackWhenTheServerIsOnlyBusyOrLeaving() throws IOException {
    dialect.onLine(
        "{\"event\":\"pusher:error\",\"data\":{\"code\":4200,\"message\":\"leaving\"}}",
        conversation);

    assertThat(conversation.ended()).isCompletedWithValue("4200 leaving");
    conversation.throwIfRefused();
  }

  @ParameterizedTest
  @CsvSource({"4001 no app, true", "4100 busy, false", "4200, false", "1006, false"})
  void knowsWhichEndsAreFinal(String end, boolean isFinal) {
    assertThat(!dialect.finality(end).isEmpty()).isEqualTo(isFinal);
  }

  @Test
  void knowsWhatNeedsASignature() {
    assertThat(PusherDialect.signed(List.of("a", "presence-b"))).hasValue("presence-b");
    assertThat(PusherDialect.signed(List.of("a", "cache-b", "#server-to-user-1"))).isEmpty();
  }
}
