package io.carillon.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.adapter.nats.NatsAddress.Credentials;
import io.carillon.part.BrokerUri.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How URLs of NATS are read, and that no secret of theirs shows. */
final class NatsAddressTest {

  @Test
  void readsUserPasswordHostAndPort() {
    NatsAddress address = NatsAddress.parse("nats://carillon:p%40ss+%25@nats-1:4223/");

    assertThat(address.tls()).isFalse();
    assertThat(address.hosts()).containsExactly(new Host("nats-1", 4223));
    assertThat(address.credentials()).isEqualTo(new Credentials("carillon", "p@ss+%", ""));
  }

  @Test
  void readsSeveralServersOfWhichTheFirstHasTheCredentials() {
    NatsAddress address = NatsAddress.parse("tls://u:p@one, two:4333,tls://u:p@[::1]:1");

    assertThat(address.tls()).isTrue();
    assertThat(address.hosts())
        .containsExactly(new Host("one", 4222), new Host("two", 4333), new Host("::1", 1));
    assertThat(address.credentials()).isEqualTo(new Credentials("u", "p", ""));
  }

  @Test
  void aUserWithoutAPasswordIsAToken() {
    assertThat(NatsAddress.parse("nats://s3cret@h").credentials())
        .isEqualTo(new Credentials("", "", "s3cret"));
  }

  @Test
  void aServerWithoutASchemeIsPlain() {
    assertThat(NatsAddress.parse("127.0.0.1:4222").toString()).isEqualTo("nats://127.0.0.1:4222");
  }

  @ParameterizedTest
  @CsvSource({
    "nats://user:s3cret@h, nats://user:***@h:4222",
    "tls://s3cret@h, tls://***@h:4222",
    "'nats://h,[::1]', 'nats://h:4222,[::1]:4222'",
  })
  void showsNoSecret(String url, String shown) {
    NatsAddress address = NatsAddress.parse(url);

    assertThat(address).hasToString(shown);
    assertThat(address.credentials().toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://u:s3cret@h",
        "nats://u:s3cret@",
        "nats://u:s3cret",
        "nats://u:s3/cret@h",
        "nats://u:s3cret%4@h",
        "nats://u:s3cret@h:99999",
        "nats://u:s3cret@[::1",
        "nats://u:s3cret@a,tls://u:s3cret@b",
        "nats://u:s3cret@a,nats://u:s3cret2@b",
        "nats://u:s3cret@a,",
      })
  void refusesWhatItCantReadWithoutQuotingASecret(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NatsAddress.parse(url))
        .withMessageContaining("expected")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }
}
