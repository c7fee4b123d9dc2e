package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisAddressTest {

  @ParameterizedTest
  @CsvSource({
    "redis://h, redis://h:6379",
    "rediss://ann:secret@h:1/2, rediss://ann:***@h:1",
    "redis://:secret@h/, redis://:***@h:6379",
    "'redis+sentinel://:secret@a,b:2/main/3', 'redis+sentinel://:***@a:26379,b:2/main'",
    "REDISS+Sentinel://a, rediss+sentinel://a:26379/mymaster"
  })
  void readsAndShowsEverythingButThePassword(String text, String shown) {
    assertThat(RedisAddress.parse(text)).hasToString(shown);
  }

  @Test
  void theDatabaseStandsBehindTheHostOrTheMaster() {
    assertThat(RedisAddress.parse("redis://h/2").database()).isEqualTo(2);
    assertThat(RedisAddress.parse("redis+sentinel://h/main/3").database()).isEqualTo(3);
    assertThat(RedisAddress.parse("redis+sentinel://h/3").master()).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "amqp://h | another scheme or none",
        "redis://a,b | 2 hosts (expected: one; several with redis+sentinel:// or redis+cluster://)",
        "redis://ann@h | a user without a password",
        "redis://h/x | database \"x\" (expected: a number",
        "redis://h/1/2 | more behind the host",
        "redis+sentinel://h/main/1/2 | more behind the host"
      })
  void aMistakeSaysWhatWasExpected(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisAddress.parse(text))
        .withMessageContaining(message);
  }
}
