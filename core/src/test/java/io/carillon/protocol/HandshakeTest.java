package io.carillon.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {

  @ParameterizedTest
  @CsvSource({
    "/,                     /,        ''",
    "/?name=Ada,            /,        Ada",
    "/chat?name=Ada,        /chat,    Ada",
    "/a%20b/c?name=Ada,     /a b/c,   Ada",
    "/a+b?name=A+B,         /a+b,     A B",
    "/100%?name=Ada,        /100%,    Ada",
    "/%E9%90%98,            /鐘,      ''",
    "/chat?a?name=b&name=Q, /chat,    Q",
    "/chat%3Fname=Ada,      /chat?name=Ada, ''",
    "?name=Ada,             '',       Ada"
  })
  void splitsTheTargetBeforeItDecodes(String target, String path, String name) {
    Handshake handshake = Handshake.of(target);
    assertThat(handshake.path()).isEqualTo(path);
    assertThat(handshake.query().get("name").orElse("")).isEqualTo(name);
  }
}
