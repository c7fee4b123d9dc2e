package io.carillon.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUriTest {

  private static BrokerUri parse(String text) {
    return BrokerUri.parse(text, List.of("redis", "rediss"), 6379);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://h | redis://h:6379",
        " REDISS://h:1/ | rediss://h:1",
        "redis://ann:pass@h/3 | redis://ann:***@h:6379/3",
        "redis://:pass@h | redis://:***@h:6379",
        "redis://[::1]:7,b/x/2 | redis://[::1]:7,b:6379/x/2"
      })
  void showsEverythingButThePassword(String text, String shown) {
    assertThat(parse(text)).hasToString(shown);
  }

  @Test
  void userAndPasswordAreDecoded() {
    BrokerUri uri = parse("redis://a%3Ab:p%40%2F+%C3%A4@h");

    assertThat(uri.user()).isEqualTo("a:b");
    assertThat(uri.password()).isEqualTo("p@/+\u00e4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amqp://secret@h",
        "secret",
        "redis://u:secret@x@h",
        "redis://u:sec/ret@h",
        "redis://u:sec#ret@h",
        "redis://u:secret@h?x=1",
        "redis://u:secret",
        "redis://u:secret@h:0",
        "redis://u:secret@h:65536",
        "redis://u:secret@",
        "redis://u:secret%4@h",
        "redis://u:secret%FF@h",
        "redis://u:secret@[::1"
      })
  void aMistakeIsRefusedAndNothingOfAPasswordIsQuoted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(text))
        .withMessageContaining("expected")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret", "ret"));
  }
}
