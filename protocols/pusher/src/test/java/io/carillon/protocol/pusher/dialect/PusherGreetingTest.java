package io.carillon.protocol.pusher.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.dialect.Greeting;
import io.carillon.dialect.Recognition;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PusherGreetingTest {

  private static final URI URL = URI.create("ws://h/app/the-key");
  private static final String ESTABLISHED =
      "{\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":\\\"1.2\\\","
          + "\\\"activity_timeout\\\":120}\"}";

  private final PusherDialect dialect = new PusherDialect();

  private static String error(String code) {
    return "{\"event\":\"pusher:error\",\"data\":{\"code\":%s,\"message\":\"no\"}}".formatted(code);
  }

  private Greeting greeting(String message) {
    return greeting(message, _ -> Optional.empty());
  }

  private Greeting greeting(String message, Function<String, Optional<Recognition>> others) {
    return dialect.greeting(message, URL, others);
  }

  @Test
  void isRightWhereAnAppAnswers() {
    assertThat(greeting(ESTABLISHED))
        .isEqualTo(
            new Greeting.Welcome(
                "pusher:connection_established, socket_id 1.2, activity_timeout 120 s"));
  }

  @ParameterizedTest
  @CsvSource({
    "4001, check the key \"the-key\"",
    "4003, turn the app on",
    "4005, 'give ws://host:port/app/KEY'",
    "4007, give ?protocol=7",
    "4008, give ?protocol=7",
    "4009, such as an origin",
    "4100, see /ready",
    "4200, see the node's log",
    "null, see the node's log",
  })
  void isWrongWhereThePusherProtocolRefuses(String code, String advice) {
    assertThat(greeting(error(code)))
        .isInstanceOfSatisfying(
            Greeting.Wrong.class,
            wrong -> {
              assertThat(wrong.text()).isEqualTo("pusher:error " + code + " no");
              assertThat(wrong.advice()).contains(advice);
            });
  }

  @Test
  void isWrongWhereAnotherProtocolAnswers() {
    Recognition bells = new Recognition("the bell protocol answers", "", "");

    assertThat(greeting("ding", _ -> Optional.of(bells)))
        .isInstanceOfSatisfying(
            Greeting.Wrong.class,
            wrong -> {
              assertThat(wrong.text()).isEqualTo("the bell protocol answers");
              assertThat(wrong.advice()).contains("an app's clients need ws://host:port/app/KEY");
            });
  }

  @Test
  void isWrongWhereAStrangerAnswers() {
    assertThat(greeting("{\"a\":1}").toString()).contains("no Pusher server answers");
  }

  @Test
  void recognisesAServerByTheProtocolsOwnEvents() {
    assertThat(dialect.recognise(ESTABLISHED))
        .hasValueSatisfying(
            found -> {
              assertThat(found.text())
                  .startsWith("the Pusher protocol answers, pusher:connection_established");
              assertThat(found.advice())
                  .isEqualTo("for an app's clients the URL is ws://host:port/app/KEY");
              assertThat(found.refusal())
                  .isEqualTo(
                      "a Pusher server answers (pusher:connection_established); for an app's"
                          + " channels give its URL, ws://host:port/app/KEY");
            });
    assertThat(dialect.recognise(error("4005")).orElseThrow().text()).contains("pusher:error 4005");
    assertThat(dialect.recognise("{\"event\":\"mine\"}")).isEmpty();
    assertThat(dialect.recognise("Welcome, Ann!")).isEmpty();
  }
}
