package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.ClientAddress;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class AddressQuotaTest {

  private static ClientAddress address(String text) {
    return ClientAddress.parse(text).orElseThrow();
  }

  @Test
  void countsTheConnectionsOfAnAddressUntilTheyAreClosed() {
    AddressQuota quota = new AddressQuota(2);
    EmbeddedChannel first = new EmbeddedChannel();
    assertThat(quota.tryAdd(address("192.0.2.1"), first)).isTrue();
    assertThat(quota.isFull(address("192.0.2.1"))).isFalse();
    assertThat(quota.tryAdd(address("::ffff:192.0.2.1"), new EmbeddedChannel())).isTrue();
    assertThat(quota.isFull(address("192.0.2.1"))).isTrue();
    assertThat(quota.tryAdd(address("192.0.2.1"), new EmbeddedChannel())).isFalse();
    assertThat(quota.tryAdd(address("192.0.2.2"), new EmbeddedChannel())).isTrue();
    first.close();
    assertThat(quota.isFull(address("192.0.2.1"))).isFalse();
    assertThat(quota.tryAdd(address("192.0.2.1"), new EmbeddedChannel())).isTrue();
  }

  @Test
  void countsANetworkOfIpv6AsOneAddress() {
    AddressQuota quota = new AddressQuota(1);
    assertThat(quota.tryAdd(address("2001:db8:0:1::1"), new EmbeddedChannel())).isTrue();
    assertThat(quota.tryAdd(address("2001:db8:0:1:ffff::2"), new EmbeddedChannel())).isFalse();
    assertThat(quota.tryAdd(address("2001:db8:0:2::1"), new EmbeddedChannel())).isTrue();
  }

  @Test
  void forgetsAddressesWithoutConnections() {
    AddressQuota quota = new AddressQuota(1);
    for (int i = 0; i < 100; i++) {
      EmbeddedChannel channel = new EmbeddedChannel();
      quota.tryAdd(address("192.0.2." + i), channel);
      quota.tryAdd(address("192.0.2." + i), new EmbeddedChannel());
      channel.close();
    }
    assertThat(quota.sites()).isZero();
  }

  @Test
  void countsNothingWithoutALimit() {
    AddressQuota quota = new AddressQuota(Integer.MAX_VALUE);
    assertThat(quota.tryAdd(address("192.0.2.1"), new EmbeddedChannel())).isTrue();
    assertThat(quota.isFull(address("192.0.2.1"))).isFalse();
    assertThat(quota.sites()).isZero();
  }
}
