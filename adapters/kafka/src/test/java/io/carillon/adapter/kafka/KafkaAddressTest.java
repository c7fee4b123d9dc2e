package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How addresses of Kafka are written. */
final class KafkaAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka://h | h:9092",
        "h:9093 | h:9093",
        "kafka://a:1,b,kafka://c:3 | a:1,b:9092,c:3",
        "kafka://ann:s3cret@h | h:9092",
        "KAFKA://[::1]:9 | [::1]:9"
      })
  void namesBrokers(String text, String bootstrap) {
    assertThat(KafkaAddress.parse(text).bootstrap()).isEqualTo(bootstrap);
  }

  @Test
  void theUserIsDecodedAndThePasswordIsHidden() {
    KafkaAddress address = KafkaAddress.parse("kafka://a%40b:p%2Fw@one,two");

    assertThat(address.user()).isEqualTo("a@b");
    assertThat(address.password()).isEqualTo("p/w");
    assertThat(address).hasToString("kafka://a@b:***@one:9092,two:9092");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amqp://h",
        "kafka://",
        "kafka://h:0",
        "kafka://h:s3cret",
        "kafka://:s3cret@h",
        "kafka://u:s3cret",
        "kafka://u:s3/cret@h",
        "kafka://a:s3cret@h,b:s3cret@i",
        "kafka://[::1",
        "h,"
      })
  void refusesOthersWithoutQuotingThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KafkaAddress.parse(text))
        .withMessageContaining("(expected:")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"));
  }
}
