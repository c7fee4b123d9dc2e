package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.ClientAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "10.128.0.0/9, 10.127.255.255, false",
    "10.128.0.0/9, 10.128.0.0, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "0.0.0.0/0, 203.0.113.1, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 203.0.113.1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true"
  })
  void hasTheAddressesThatBeginLikeIt(String network, String address, boolean isIn) {
    assertThat(Network.of(network).contains(ClientAddress.parse(address).orElseThrow()))
        .isEqualTo(isIn);
  }
}
