package io.carillon.protocol.pusher.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers about the cluster say how old they are while the view is not up to date. */
class ViewAgeTest {

  private final ApiClient client = new ApiClient();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apps/3/channels",
        "/apps/3/channels/room",
        "/apps/3/channels/presence-room/users",
        "/apps/3/connections"
      })
  void everyReadSaysHowOldItIs(String path) {
    assertThat(client.get(path, "").headers()).doesNotContainKey("X-Carillon-View-Age");
    client.backend.viewAge = Duration.ofSeconds(12);
    HttpReply reply = client.get(path, "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("X-Carillon-View-Age", "12");
  }

  /** A view that is not up to date is never 0 s old. */
  @ParameterizedTest
  @CsvSource({"1, 1", "999, 1", "1000, 1", "1001, 2"})
  void secondsAreRoundedUp(long millis, String seconds) {
    client.backend.viewAge = Duration.ofMillis(millis);
    assertThat(client.get("/apps/3/channels", "").headers())
        .containsEntry("X-Carillon-View-Age", seconds);
  }

  @Test
  void publishesAreRefusedAsEverAndSayNothingOfAView() {
    client.backend.viewAge = Duration.ofSeconds(12);
    client.backend.unavailable = "message bus is away";
    HttpReply reply =
        client.post("/apps/3/events", "{\"name\":\"e\",\"channel\":\"c\",\"data\":\"\"}");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).doesNotContainKey("X-Carillon-View-Age");
  }
}
