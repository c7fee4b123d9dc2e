package io.carillon.protocol.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"get-users\"}",
        " {\"more\":[{\"type\":1}],\"type\":\"get-users\",\"x\":1.5e3}\n",
        "{\"type\":\"broadcast\",\"type\":\"get-users\"}",
        "{\"\\u0074ype\":\"get\\u002dusers\"}"
      })
  void aTypeIsRead(String text) {
    assertThat(RequestParser.parse(text)).isEqualTo(Request.GET_USERS);
  }

  @Test
  void aBroadcastIsRead() {
    assertThat(RequestParser.parse("{\"type\":\"broadcast\"}")).isEqualTo(Request.BROADCAST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "1",
        "\"get-users\"",
        "[\"get-users\"]",
        "{}",
        "{\"type\":null}",
        "{\"type\":[\"get-users\"]}",
        "{\"type\":\"GET-USERS\"}",
        "{\"type\":\"get-users\",\"type\":7}"
      })
  void jsonOfAnotherKindIsUnknown(String text) {
    assertThat(RequestParser.parse(text)).isEqualTo(Request.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "get-users",
        "{\"type\":\"get-users\"",
        "{\"type\":\"get-users\"}}",
        "{\"type\":\"get-users\"} {}",
        "{'type':'get-users'}",
        "{\"type\":\"get-users\",}",
        "{\"type\":\"get-users\",\"x\":\"\\u00zz\"}",
        "\"open",
        "[1,"
      })
  void otherTextIsNotJson(String text) {
    assertThat(RequestParser.parse(text)).isEqualTo(Request.NOT_JSON);
  }

  @Test
  void nestingCostsNoStack() {
    String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
    assertThat(RequestParser.parse(deep)).isEqualTo(Request.UNKNOWN);
  }

  @Test
  void randomTextNeverThrows() {
    long seed = ThreadLocalRandom.current().nextLong();
    Random random = new Random(seed);
    String alphabet = "{}[]:,\"\\utype get-usrbroadc0123.eE+-\u0000\ud83d\u20ac ";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "{\"type\":\"" : "");
      for (int j = random.nextInt(30); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(RequestParser.parse(text.toString())).as("seed %d: %s", seed, text).isNotNull();
    }
  }
}
