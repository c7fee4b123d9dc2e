package io.carillon.protocol.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTest {

  @Test
  void hasTheFormOfTheTutorials() {
    assertThat(new User(1, "John", "Doe").json())
        .isEqualTo("{\"id\":1,\"firstname\":\"John\",\"lastname\":\"Doe\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\\", "</script>", "\u20ac", "\ud83d\ude00", "a b"})
  void isReadAsItWasWritten(String name) {
    User user = new User(User.MAX_ID, name, name);

    assertThat(User.read(user.json())).contains(user);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"id\":0,\"firstname\":\"A\",\"lastname\":\"B\"}",
        "{\"id\":\"x\",\"firstname\":\"A\",\"lastname\":\"B\"}",
        "{\"id\":1,\"firstname\":\"A\"}",
        "{\"id\":1,\"firstname\":null,\"lastname\":\"B\"}"
      })
  void otherTextIsNoUser(String text) {
    assertThat(User.read(text)).isEmpty();
  }
}
