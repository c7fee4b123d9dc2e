package io.carillon.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.part.Finding;
import io.carillon.protocol.pusher.AppUrl;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreetingTest {

  private static final AppUrl APP = AppUrl.parse(URI.create("ws://h/app/the-key")).orElseThrow();
  private static final String ESTABLISHED =
      "{\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":\\\"1.2\\\","
          + "\\\"activity_timeout\\\":120}\"}";

  private static String error(String code) {
    return "{\"event\":\"pusher:error\",\"data\":{\"code\":%s,\"message\":\"no\"}}".formatted(code);
  }

  @Test
  void isRightWhereTheProtocolOfTheUrlAnswers() {
    assertThat(Greeting.ofTopics("Welcome, Ann!"))
        .isEqualTo(Finding.ok("greeting", "Welcome, Ann!"));
    assertThat(Greeting.ofApp(ESTABLISHED, APP).toString())
        .startsWith("ok ")
        .contains("socket_id 1.2", "activity_timeout 120 s");
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
    assertThat(Greeting.ofApp(error(code), APP).toString())
        .startsWith("FAIL ")
        .contains("pusher:error " + code + " no; ", advice);
  }

  @Test
  void isWrongWhereTheOtherProtocolAnswers() {
    assertThat(Greeting.ofApp("Welcome, Anonymous!", APP).toString())
        .startsWith("FAIL ")
        .contains("the topics protocol answers, \"Welcome, Anonymous!\"", "/app/KEY");
    assertThat(Greeting.ofTopics(ESTABLISHED).toString())
        .startsWith("FAIL ")
        .contains("the Pusher protocol answers, pusher:connection_established");
    assertThat(Greeting.ofTopics(error("4005")).toString())
        .startsWith("FAIL ")
        .contains("pusher:error 4005", "ws://host:port/app/KEY");
  }

  @Test
  void isWrongWhereAStrangerAnswers() {
    assertThat(Greeting.ofTopics("hello").toString()).startsWith("FAIL ").contains("hello; a node");
    assertThat(Greeting.ofApp("{\"a\":1}", APP).toString())
        .startsWith("FAIL ")
        .contains("no Pusher");
  }
}
