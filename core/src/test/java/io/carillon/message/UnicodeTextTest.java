package io.carillon.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnicodeTextTest {

  @ParameterizedTest
  @CsvSource({
    "'',             ''",
    "plain,          plain",
    "größe,          größe",
    "🔔,             🔔",
    "🔔🔔,           🔔🔔",
    "\uD800,         \uFFFD",
    "\uDC00,         \uFFFD",
    "a\uD800b,       a\uFFFDb",
    "a\uD800,        a\uFFFD",
    "\uDC00\uD800,   \uFFFD\uFFFD",
    "\uD800🔔,       \uFFFD🔔",
    "🔔\uDC00,       🔔\uFFFD",
    "\uD800\uD800x,  \uFFFD\uFFFDx"
  })
  void putsTheReplacementCharacterForEachLoneSurrogate(String text, String wellFormed) {
    assertThat(UnicodeText.wellFormed(text)).isEqualTo(wellFormed);
    assertThat(UnicodeText.isWellFormed(text)).isEqualTo(text.equals(wellFormed));
    assertThat(UnicodeText.utf8(text)).isEqualTo(wellFormed.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"half\uD83D, half\uFFFD", "plain, plain"})
  void payloadsNeverHoldAQuestionMarkForALoneSurrogate(String text, String payload) {
    assertThat(Payload.text(text).asText()).isEqualTo(payload);
  }
}
