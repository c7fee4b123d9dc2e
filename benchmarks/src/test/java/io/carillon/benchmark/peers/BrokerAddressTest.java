package io.carillon.benchmark.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BrokerAddressTest {

  @Test
  void fillsTheUrlAndItsPartsIntoASetting() {
    BrokerAddress address = BrokerAddress.of("amqp://me:secret@127.0.0.1:5673/%2F");
    assertThat(address.fill("$BROKER_URL")).isEqualTo("amqp://me:secret@127.0.0.1:5673/%2F");
    assertThat(address.fill("[\"$BROKER_HOST:$BROKER_PORT\"] $BROKER_USER $BROKER_PASSWORD"))
        .isEqualTo("[\"127.0.0.1:5673\"] me secret");
  }

  @Test
  void readsSeveralHostsAndTheirPorts() {
    BrokerAddress address = BrokerAddress.of("redis+cluster://:secret@a:7001,b:7002");
    assertThat(address.ports()).containsExactly(7001, 7002);
    assertThat(address.fill("$BROKER_HOSTS")).isEqualTo("a:7001,b:7002");
    assertThat(address.user()).isEmpty();
    assertThat(address.password()).isEqualTo("secret");
  }

  @Test
  void readsAUrlWithoutAUser() {
    BrokerAddress address = BrokerAddress.of("kafka://127.0.0.1:9092");
    assertThat(address.ports()).containsExactly(9092);
    assertThat(address.password()).isEmpty();
  }

  @Test
  void refusesAUrlWithoutAPortAndDoesNotShowIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerAddress.of("nats://me:secret@host"))
        .withMessageNotContaining("secret");
  }
}
