package io.carillon.protocol.pusher.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.AppLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyLimitTest {

  private static AppLimits limits(int name, int channels, int event, int data, int batch) {
    return new AppLimits(
        1, 1, 1, 1, 1, 1, name, channels, event, data, batch, 1, Duration.ofSeconds(1));
  }

  @Test
  void isWhatTheLargestBatchTakesWithEverythingEscaped() {
    String escaped = "\\u0041";
    String event =
        "{\"name\":\"%s\",\"channel\":\"%s\",\"data\":\"%s\",\"socket_id\":\"%s\"},"
            .formatted(escaped.repeat(200), escaped.repeat(164), escaped.repeat(10240), "1.2");
    String batch = "{\"batch\":[" + event.repeat(10) + "]}";
    assertThat(BodyLimit.of(AppLimits.DEFAULTS))
        .isBetween(batch.length(), batch.length() + 10 * 1024);
  }

  @Test
  void isWhatTheLargestEventTakesWhereThatIsMore() {
    String channels = ("\"" + "\\u0041".repeat(164) + "\", ").repeat(100);
    assertThat(BodyLimit.of(limits(164, 100, 200, 1024, 1)))
        .isBetween(channels.length() + 6 * 1224, channels.length() + 6 * 1224 + 2048);
  }

  @Test
  void isTenMebibytesHoweverMuchAnAppMayHave() {
    int all = Integer.MAX_VALUE;
    assertThat(BodyLimit.of(limits(all, all, all, all, all))).isEqualTo(10 << 20);
    assertThat(BodyLimit.of(limits(1, 1, 1, 1, all))).isEqualTo(10 << 20);
    assertThat(BodyLimit.of(limits(all, 1, 1, 1, 1))).isEqualTo(10 << 20);
  }
}
