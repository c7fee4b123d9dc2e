package io.carillon.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.part.BrokerUriSyntax.Scheme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URIs of brokers that differ in schemes, hosts and queries. */
final class BrokerUriSyntaxTest {

  private static final BrokerUriSyntax SYNTAX =
      new BrokerUriSyntax(
          List.of(new Scheme("plain", 1), new Scheme("secure", 2)),
          "usual",
          List.of("colour", "size"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain:// | plain://usual:1",
        "SECURE://h | secure://h:2",
        "plain://ann:secret@/x | plain://ann:***@usual:1/x",
        "plain://h: | plain://h:1"
      })
  void theSchemeHasAPortAndTheHostADefault(String text, String shown) {
    assertThat(SYNTAX.read(text)).hasToString(shown);
  }

  @Test
  void aQueryIsDecodedAndNotShown() {
    BrokerUri uri = SYNTAX.read("plain://h/x?colour=%23f00&size=1=2");

    assertThat(uri.query()).isEqualTo(Map.of("colour", "#f00", "size", "1=2"));
    assertThat(uri).hasToString("plain://h:1/x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain://h?taste=sweet | query parameter \"taste\" (expected: colour, size)",
        "plain://h?colour | query parameter colour: without value or twice",
        "plain://h?size=1&size=2 | query parameter size: without value or twice"
      })
  void aQueryWithAMistakeIsRefused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SYNTAX.read(text))
        .withMessageStartingWith(message);
  }

  @Test
  void severalUrisAreOneWithAllHosts() {
    assertThat(
            SYNTAX.readAll(
                List.of("plain://u:p@a/x", "plain://u:p@b:7,c/x", "plain://d/x?", "plain://e/x/")))
        .isEqualTo(SYNTAX.read("plain://u:p@a,b:7,c,d,e/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secure://u:p@b",
        "plain://v:p@b",
        "plain://u:secret@b",
        "plain://u@b",
        "plain://u:p@b/x",
        "plain://u:p@b?size=1"
      })
  void urisThatDifferInMoreThanTheirHostsAreRefused(String other) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SYNTAX.readAll(List.of("plain://u:p@a", other)))
        .withMessageContaining("differs between the URIs (expected: the same in all)")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @Test
  void aHostIsNeverEmptyAndAPortIsOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BrokerUri.Host("", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new BrokerUri.Host("h", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new BrokerUri.Host("h", 65_536));
  }
}
