package io.carillon.protocol.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppUrlTest {

  @ParameterizedTest
  @CsvSource({
    "ws://h/app/k,                       '',   k,  protocol=7&client=carillon",
    "ws://h:1/app/k/,                    '',   k,  protocol=7&client=carillon",
    "wss://h/ws/app/k?a=b,               /ws,  k,  a=b&protocol=7&client=carillon",
    "wss://h//app/k,                     /,    k,  protocol=7&client=carillon",
    "wss://h/App/k?protocol=4,           '',   k,  protocol=4",
    "wss://h/x?protocol=5&client=js,     '',   '', protocol=5&client=js",
  })
  void knowsWhatIsMeantForAnApp(URI url, String prefix, String key, String query) {
    assertThat(AppUrl.parse(url))
        .hasValueSatisfying(
            app -> {
              assertThat(app.prefix()).isEqualTo(prefix);
              assertThat(app.key()).isEqualTo(key);
              String given = url.getRawQuery() == null ? "" : url.getRawQuery();
              assertThat(AppUrl.handshakeQuery(given)).isEqualTo(query);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://h",
        "ws://h/",
        "ws://h/?name=Alice",
        "ws://h/app",
        "ws://h/app/k/x",
        "ws://h/apps/k",
        "ws://h/chat?protocol=x"
      })
  void leavesOtherUrlsToTheTopicsProtocol(URI url) {
    assertThat(AppUrl.parse(url)).isEmpty();
  }
}
