package io.carillon.protocol.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.auth.AllowedOrigins;
import io.carillon.auth.Rejection;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.message.Incarnation;
import io.carillon.presence.Presence;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.testkit.ManualBroker;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import io.carillon.testkit.OtherNodes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TutorialProtocolTest {

  private final TutorialProtocol protocol = protocol();

  private static TutorialProtocol protocol() {
    ManualClock clock = new ManualClock();
    Hub hub =
        new Hub(
            new Incarnation(1, 2),
            new ManualBroker(),
            new ManualLoops(1, clock).loops(),
            HubConfig.DEFAULTS,
            LastPublications.NONE,
            clock,
            clock);
    Presence presence = new Presence(hub, new OtherNodes(clock), Duration.ZERO, clock);
    TutorialConfig config =
        new TutorialConfig(
            "ws:messages",
            Audience.EVERYONE,
            List.of(),
            10,
            10,
            new AllowedOrigins.Only(Set.of("https://a.example")));
    return new TutorialProtocol(config, new Users(List.of(), presence), presence, clock);
  }

  @Test
  void onePathIsItsOwn() {
    assertThat(protocol.claims(Handshake.of("/tutorial"))).isTrue();
    assertThat(protocol.claims(Handshake.of("/tutorial/?id=1"))).isTrue();
    assertThat(protocol.claims(Handshake.of("/tutorials"))).isFalse();
    assertThat(protocol.claims(Handshake.of("/"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?id=1&firstname=A&lastname=B",
        "?id=9007199254740991&firstname=%E2%82%AC&lastname=van%20der%20B"
      })
  void aClientSaysWhoItIsOrNothing(String query) {
    assertThat(protocol.answer(Handshake.of("/tutorial" + query)))
        .isInstanceOf(Answer.Welcome.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?id=1",
        "?id=1&firstname=A",
        "?firstname=A&lastname=B",
        "?id=0&firstname=A&lastname=B",
        "?id=-1&firstname=A&lastname=B",
        "?id=x&firstname=A&lastname=B",
        "?id=9007199254740992&firstname=A&lastname=B",
        "?id=99999999999999999999&firstname=A&lastname=B",
        "?id=1&firstname=&lastname=B",
        "?id=1&firstname=A&lastname=%20",
        "?id=1&firstname=A%0A&lastname=B",
        "?id=1&firstname=A&lastname=B%E2%80%A8",
        "?id=1&firstname=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&lastname=B"
      })
  void aWrongIdentityIsRefusedWithAdvice(String query) {
    assertThat(protocol.answer(Handshake.of("/tutorial" + query)))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.why().kind()).isEqualTo(Rejection.Kind.INVALID);
              assertThat(refused.why().advice()).contains("expected: ");
            });
  }

  @Test
  void pagesOfOtherOriginsMayNotConnect() {
    assertThat(protocol.answer(Handshake.of("/tutorial", List.of(), "", "https://b.example")))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.why().kind()).isEqualTo(Rejection.Kind.FORBIDDEN));
    assertThat(protocol.answer(Handshake.of("/tutorial", List.of(), "", "https://a.example")))
        .isInstanceOf(Answer.Welcome.class);
  }
}
