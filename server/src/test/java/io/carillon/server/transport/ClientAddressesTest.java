package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.ClientAddress;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressesTest {

  private final TransportCounters counters = new TransportCounters();

  private static ClientAddress address(String text) {
    return ClientAddress.parse(text).orElseThrow();
  }

  private static List<Network> networks(String text) {
    return text.isEmpty() ? List.of() : Stream.of(text.split(" ", -1)).map(Network::of).toList();
  }

  private String find(ProxyConfig config, ProxiedSource source, List<String> forwarded) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.attr(ProxiedSource.KEY).set(source);
    DefaultHttpHeaders headers = new DefaultHttpHeaders();
    headers.add("X-Forwarded-For", forwarded);
    return new ClientAddresses(config, counters).of(channel, headers).toString();
  }

  private String find(String trusted, int hops, String peer, String... forwarded) {
    return find(
        new ProxyConfig(
            networks(trusted), hops, ForwardedHeader.X_FORWARDED_FOR, ProxyProtocolMode.OFF),
        new ProxiedSource(address(peer), ProxiedSource.Kind.CONNECTION),
        List.of(forwarded));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 10.0.0.1, 1.1.1.1, 10.0.0.1",
    "10.0.0.0/8, 0, 203.0.113.9, 1.1.1.1, 203.0.113.9",
    "10.0.0.0/8, 0, 10.0.0.1, '1.1.1.1, 2.2.2.2', 2.2.2.2",
    "10.0.0.0/8, 0, 10.0.0.1, '1.1.1.1, 2.2.2.2, 10.0.0.2', 2.2.2.2",
    "10.0.0.0/8, 0, 10.0.0.1, '10.9.9.9, 10.0.0.2', 10.9.9.9",
    "10.0.0.0/8, 0, 10.0.0.1, '', 10.0.0.1",
    "10.0.0.0/8, 0, ::ffff:10.0.0.1, '::ffff:2.2.2.2', 2.2.2.2",
    "10.0.0.0/8 2001:db8::/32, 0, 10.0.0.1, '3.3.3.3, 2001:db8::5', 3.3.3.3",
    "10.0.0.0/8, 0, 10.0.0.1, '1.1.1.1, x, 10.0.0.2', 10.0.0.2",
    "10.0.0.0/8, 0, 10.0.0.1, '1.1.1.1, 999.1.1.1', 10.0.0.1",
    "'', 1, 203.0.113.9, '1.1.1.1, 2.2.2.2', 2.2.2.2",
    "'', 2, 203.0.113.9, '1.1.1.1, 2.2.2.2', 1.1.1.1",
    "'', 3, 203.0.113.9, '1.1.1.1, 2.2.2.2', 1.1.1.1",
    "10.0.0.0/8, 2, 10.0.0.1, '1.1.1.1, 2.2.2.2', 1.1.1.1",
    "10.0.0.0/8, 2, 203.0.113.9, '1.1.1.1, 2.2.2.2', 203.0.113.9",
    "10.0.0.0/8, 1, 10.0.0.1, '1.1.1.1, 2.2.2.2', 2.2.2.2"
  })
  void theClientIsTheFirstAddressThatIsNoProxys(
      String trusted, int hops, String peer, String forwarded, String client) {
    assertThat(find(trusted, hops, peer, forwarded)).isEqualTo(client);
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(find("10.0.0.0/8", 0, "10.0.0.1", "1.1.1.1, 2.2.2.2", "10.0.0.2"))
        .isEqualTo("2.2.2.2");
  }

  @Test
  void countsHeadersThatAreUnreadable() {
    find("10.0.0.0/8", 0, "10.0.0.1", "1.1.1.1, x");
    find("10.0.0.0/8", 0, "203.0.113.9", "x");
    find("10.0.0.0/8", 0, "10.0.0.1", "x, 1.1.1.1");
    assertThat(counters.stats(0, 0, 0, 0, 0).unreadableForwarded()).isEqualTo(1);
  }

  @Test
  void readsNoHeaderOfAConnectionWhoseClientTheProxyDoesNotTell() {
    ProxyConfig config =
        new ProxyConfig(
            networks("10.0.0.0/8"), 0, ForwardedHeader.X_FORWARDED_FOR, ProxyProtocolMode.REQUIRED);
    ClientAddress proxy = address("10.0.0.1");
    List<String> spoofed = List.of("1.1.1.1");
    assertThat(find(config, new ProxiedSource(proxy, ProxiedSource.Kind.UNSPECIFIED), spoofed))
        .isEqualTo("10.0.0.1");
    assertThat(find(config, new ProxiedSource(proxy, ProxiedSource.Kind.CONNECTION), spoofed))
        .isEqualTo("1.1.1.1");
  }
}
