package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.auth.Admission;
import io.carillon.auth.AllowedOrigins;
import io.carillon.auth.Grant;
import io.carillon.auth.Rejection;
import io.carillon.auth.TokenAuthorizer;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsProtocolTest {

  private final TopicsProtocol protocol = new TopicsProtocol(TopicsConfig.DEFAULTS);
  private final List<String> tokens = new ArrayList<>();

  /** Demands tokens, and accepts every token. */
  private final TopicsProtocol guarded =
      new TopicsProtocol(
          TopicsConfig.DEFAULTS,
          new TokenAuthorizer(
              token -> {
                tokens.add(token);
                return new Admission.Granted(Grant.unlimited("Ann"));
              }),
          new AllowedOrigins.Only(Set.of("https://app.example")),
          InstantSource.system());

  @Test
  void takesNamesOf256BytesAndTellsWhatIsWrongWithLongerOnes() {
    assertThat(protocol.answer(Handshake.of("/"))).isInstanceOf(Answer.Welcome.class);
    assertThat(protocol.answer(Handshake.of("/?name="))).isInstanceOf(Answer.Welcome.class);
    assertThat(protocol.answer(Handshake.of("/?name=" + "x".repeat(256))))
        .isInstanceOf(Answer.Welcome.class);
    assertThat(protocol.answer(Handshake.of("/?name=" + "%C3%B6".repeat(128))))
        .isInstanceOf(Answer.Welcome.class);

    assertThat(protocol.answer(Handshake.of("/?name=" + "x".repeat(257))))
        .isEqualTo(
            new Answer.Refused(
                Rejection.invalid("The name has 257 bytes (expected: at most 256).")));
    assertThat(protocol.answer(Handshake.of("/?name=" + "%C3%B6".repeat(129))))
        .isInstanceOf(Answer.Refused.class);
    assertThat(protocol.answer(Handshake.of("/?name=a&name=" + "x".repeat(257))))
        .as("the first one counts")
        .isInstanceOf(Answer.Welcome.class);
  }

  @Test
  void replacesWhatCouldBreakALineInAName() {
    assertThat(TopicsProtocol.withoutControls("Ann\n[lobby] Eve: hi\u2028\u0085\u0000\uD800!"))
        .isEqualTo("Ann\uFFFD[lobby] Eve: hi\uFFFD\uFFFD\uFFFD\uFFFD!");
    for (String name : List.of("", "Ann Lee", "Zoë", "\uD83D\uDE00")) {
      assertThat(TopicsProtocol.withoutControls(name)).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /?token=q |                              |           | q
          /?token=q | carillon.topics.v1,bearer.s  |           | s
          /?token=q | bearer.s                     | Bearer h  | h
          /?token=q | Bearer.s                     |           | s
          /         |                              | bearer  h | h
          /?token=q |                              | Basic h   | q
          """)
  void takesATokenFromTheHeaderTheSubprotocolOrTheQueryInThisOrder(
      String target, String subprotocols, String authorization, String token) {
    List<String> offered =
        subprotocols == null ? List.of() : Arrays.asList(subprotocols.split(",", -1));
    assertThat(
            guarded.answer(
                Handshake.of(target, offered, authorization == null ? "" : authorization, "")))
        .isInstanceOf(Answer.Welcome.class);
    assertThat(tokens).containsExactly(token);
  }

  @Test
  void asksForATokenWhereNoneIsGiven() {
    for (String target : List.of("/?name=Ann", "/?token=")) {
      assertThat(guarded.answer(Handshake.of(target)))
          .isInstanceOfSatisfying(
              Answer.Refused.class,
              refused -> {
                assertThat(refused.why().kind()).isEqualTo(Rejection.Kind.UNAUTHENTICATED);
                assertThat(refused.why().advice()).startsWith("A token is required: ");
              });
    }
    assertThat(tokens).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                ''",
    "'chat,superchat',                  chat",
    "'chat,carillon.topics.v1',         carillon.topics.v1",
    "'bearer.x,carillon.topics.v1',     carillon.topics.v1",
    "'bearer.x',                        ''",
    "'bearer.x,chat',                   chat",
    "'Bearer.x',                        ''",
    "'BEARER.x,chat',                   chat",
    "'bearer x,chat',                   chat"
  })
  void answersWithOurSubprotocolOrTheFirstAndNeverWithAToken(String offered, String taken) {
    List<String> names = offered.isEmpty() ? List.of() : Arrays.asList(offered.split(",", -1));
    for (TopicsProtocol any : List.of(protocol, guarded)) {
      assertThat(any.answer(Handshake.of("/?token=q", names, "", "")))
          .isInstanceOfSatisfying(
              Answer.Welcome.class, welcome -> assertThat(welcome.subprotocol()).isEqualTo(taken));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',                        true",
    "https://app.example,       true",
    "http://app.example,        false",
    "https://app.example:8443,  false",
    "https://app.example.evil,  false",
    "https://evil.app.example,  false",
    "https://APP.example,       false",
    "null,                      false",
    "'https://app.example,https://app.example', false"
  })
  void letsPagesOfAllowedOriginsInAndWhoIsNoPage(String origin, boolean allowed) {
    Answer answer = guarded.answer(Handshake.of("/?token=q", List.of(), "", origin));
    assertThat(answer instanceof Answer.Welcome).isEqualTo(allowed);
    if (answer instanceof Answer.Refused(Rejection why)) {
      assertThat(why.kind()).isEqualTo(Rejection.Kind.FORBIDDEN);
      assertThat(tokens).as("the token was not looked at").isEmpty();
    }
    assertThat(protocol.answer(Handshake.of("/", List.of(), "", origin)))
        .as("any origin by default")
        .isInstanceOf(Answer.Welcome.class);
  }
}
