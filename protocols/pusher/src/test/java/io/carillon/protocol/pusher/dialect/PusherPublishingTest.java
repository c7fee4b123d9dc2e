package io.carillon.protocol.pusher.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.dialect.PublishRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PusherPublishingTest {

  private static final GivenOptions OPTIONS =
      new GivenOptions(Map.of("--app-id", "1", "--app-secret", "canary"));

  private final PusherPublishing publishing = new PusherPublishing();

  @ParameterizedTest
  @CsvSource({
    "http://h/app/k,     /apps/1/events",
    "ws://h/chat/app/k/, /chat/apps/1/events",
    "http://h//ws/app/k, //ws/apps/1/events",
  })
  void asksTheApiBelowThePathOfTheAppsUrl(URI url, String path) throws Exception {
    PublishRequest request =
        publishing.request(url, List.of("a", "e", "d\n"), OPTIONS, Instant.ofEpochSecond(7));

    assertThat(request.path()).isEqualTo(path);
    assertThat(request.query())
        .startsWith("auth_key=k&auth_timestamp=7&")
        .contains("&auth_signature=")
        .doesNotContain("canary");
    assertThat(request.json()).isEqualTo("{\"name\":\"e\",\"channel\":\"a\",\"data\":\"d\\n\"}");
    assertThat(request.authorization()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"http://h, /apps/1/events", "ws://h/, /apps/1/events", "ws://h/x/, /x/apps/1/events"})
  void asksTheApiBelowThePathOfANode(URI url, String path) throws Exception {
    GivenOptions options =
        new GivenOptions(Map.of("--app-id", "1", "--app-key", "k", "--app-secret", "canary"));

    assertThat(publishing.request(url, List.of("a", "e", "d"), options, Instant.EPOCH).path())
        .isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/app/k, '',           true",
    "http://h,       --app-id,     true",
    "http://h,       --app-secret, true",
    "http://h,       --key,        false",
  })
  void isChosenByTheUrlOrByAnOption(URI url, String option, boolean chosen) {
    assertThat(publishing.isFor(url, new GivenOptions(Map.of(option, "x")))).isEqualTo(chosen);
  }
}
