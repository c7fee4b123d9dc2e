package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerMessageTest {

  @Test
  void readsDataThatIsAStringAndDataThatIsAnObject() {
    assertThat(
            ServerMessage.parse("{\"event\":\"e\",\"channel\":\"c\",\"data\":\"{\\\"a\\\":1}\"}"))
        .hasValue(new ServerMessage("e", "c", "{\"a\":1}"));
    ServerMessage error =
        ServerMessage.parse(
                "{\"event\":\"pusher:error\",\"data\":{\"code\":4001,\"message\":\"no\"}}")
            .orElseThrow();
    assertThat(error.channel()).isEmpty();
    assertThat(error.field("code")).isEqualTo("4001");
    assertThat(error.field("message")).isEqualTo("no");
    assertThat(error.field("other")).isEmpty();
    assertThat(error.isProtocols()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Welcome, Anonymous!", "", "[]", "{}", "{\"event\":", "\"event\""})
  void isNothingWhereTheTextIsNone(String text) {
    assertThat(ServerMessage.parse(text)).isEmpty();
  }
}
