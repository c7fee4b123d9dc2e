package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfirmSubscriptionsTest {

  @ParameterizedTest
  @CsvSource({
    "3.10.8, false",
    "3.13.7, false",
    "4.0.0, true",
    "4.2.1, true",
    "4, true",
    "10.0.1-rc.2, true",
    "v3.9, false",
    "of tomorrow, true",
    "'', true"
  })
  void autoGoesByTheServersVersion(String version, boolean applies) {
    assertThat(ConfirmSubscriptions.AUTO.applies(Map.of("version", version))).isEqualTo(applies);
  }

  @Test
  void aServerWithoutAVersionMayBeANewOne() {
    assertThat(ConfirmSubscriptions.AUTO.applies(Map.of())).isTrue();
  }

  @Test
  void onAndOffAskNoServer() {
    assertThat(ConfirmSubscriptions.ON.applies(Map.of("version", "3.10.8"))).isTrue();
    assertThat(ConfirmSubscriptions.OFF.applies(Map.of("version", "4.2.0"))).isFalse();
  }
}
