package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An entry that can match an origin is accepted. Another entry is refused, and the message has the
 * form that matches.
 */
class OriginFormatTest {

  private final Format<String> format = new OriginFormat();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://app.example",
        "http://localhost:3000",
        "https://app.example:8443",
        "https://app.example:80",
        "http://[::1]:3000",
        "https://127.0.0.1",
        "https://xn--bcher-kva.example",
        "capacitor://localhost",
        "app://.",
        "app://-",
        "app://a..b:8080",
        "chrome-extension://abcdefghijklmnop",
        "https://a_b.example",
        "https://*.app.example",
        "https://*.a.app.example:8443",
        "https://*.test",
        "http://*.localhost:*",
        "http://localhost:*",
        "app.example",
        "localhost:3000",
        "*.app.example"
      })
  void takesWhatCanMatch(String origin) {
    assertThat(format.read(origin)).isEqualTo(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example:443, https://app.example",
    "http://app.example:80, http://app.example",
    "wss://app.example, https://app.example",
    "wss://app.example:443, https://app.example",
    "ws://app.example:80, http://app.example",
    "ws://app.example:8080, http://app.example:8080",
    "HTTPS://App.Example, https://app.example",
    "APP://., app://.",
    "app://./, app://.",
    "https://app.example/, https://app.example",
    "https://app.example/path?a=b#c, https://app.example",
    "https://app.example:443/, https://app.example",
    "https://*.app.example:443, https://*.app.example",
    "https://*.App.example/, https://*.app.example",
    "https://bücher.example, https://xn--bcher-kva.example",
    "app.example:443, https://app.example",
    "app.example:80, http://app.example",
    "app.example/chat, app.example",
    "http://[::1]:80, http://[::1]",
    "' https://app.example', https://app.example"
  })
  void refusesWhatNeverMatchesWithTheFormThatDoes(String given, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> format.read(given))
        .withMessage("\"%s\" (expected: %s, as browsers write it)".formatted(given, expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://*.com",
        "*.example",
        "https://*.0.0.1",
        "https://*.0x7f",
        "https://*.app.example."
      })
  void refusesPatternsOfWholePublicDomainsAndOfAddresses(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> format.read(pattern))
        .withMessageContaining("a domain of two names or more behind *., such as");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://",
        "https://*",
        "*",
        "*://app.example",
        "https://app-*.example.com",
        "https://*app.example",
        "https://app.*.example",
        "https://**.app.example",
        "https://*.*.example.com",
        "https://user@app.example",
        "https://app..example",
        "https://.",
        "http://.",
        ".",
        "app://",
        "app://a b",
        "https://.app.example",
        "https://app.example:port",
        "https://app.example:8*",
        "https://app.example https://b.example",
        "Null"
      })
  void refusesWhatIsNoOrigin(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> format.read(text));
  }
}
