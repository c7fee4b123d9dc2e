package io.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.server.Parts;
import io.carillon.server.transport.ClientLimits;
import io.carillon.server.transport.ForwardedHeader;
import io.carillon.server.transport.Network;
import io.carillon.server.transport.ProxyConfig;
import io.carillon.server.transport.ProxyProtocolMode;
import io.carillon.server.transport.TransportConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys about proxies, and about the arrival and the stay of clients. */
class ProxySettingsTest {

  private static TransportConfig transport(String... flags) throws Exception {
    List<Sources.Flag> given =
        List.of(flags).stream()
            .map(flag -> flag.split("=", 2))
            .map(pair -> new Sources.Flag("--set", pair[0], pair[1]))
            .toList();
    return NodeConfiguration.load(Parts.standard(), new Sources(null, Map.of(), given))
        .server()
        .transport();
  }

  @Test
  void trustsNoProxyByDefault() throws Exception {
    assertThat(transport().proxy())
        .isEqualTo(
            new ProxyConfig(List.of(), 0, ForwardedHeader.X_FORWARDED_FOR, ProxyProtocolMode.OFF));
    assertThat(transport().clients())
        .isEqualTo(
            new ClientLimits(
                2_500 * Runtime.getRuntime().availableProcessors(), Integer.MAX_VALUE, null));
  }

  @Test
  void everyKeyIsUsed() throws Exception {
    TransportConfig transport =
        transport(
            "proxy.trusted=10.0.0.0/8,2001:db8::/32,192.0.2.7",
            "proxy.hops=2",
            "proxy.header=forwarded",
            "proxy.protocol=true",
            "limits.handshakes_per_second=7",
            "limits.max_connections_per_address=3",
            "limits.max_connection_age=1h");
    assertThat(transport.proxy())
        .isEqualTo(
            new ProxyConfig(
                List.of(
                    Network.of("10.0.0.0/8"),
                    Network.of("2001:db8::/32"),
                    Network.of("192.0.2.7/32")),
                2,
                ForwardedHeader.FORWARDED,
                ProxyProtocolMode.REQUIRED));
    assertThat(transport.clients()).isEqualTo(new ClientLimits(7, 3, Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0/8",
        "010.0.0.0/8",
        "2001:db8::1/32",
        "fe80::1%eth0",
        "balancer.example",
        "*"
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> transport("proxy.trusted=" + text))
        .withMessageContaining("proxy.trusted")
        .withMessageContaining("\"" + text + "\"")
        .withMessageContaining("a network such as 10.0.0.0/8");
  }

  @Test
  void theProxyProtocolNeedsTrustedAddresses() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> transport("proxy.protocol=true", "proxy.hops=1"))
        .withMessageContaining("proxy.protocol: true without proxy.trusted");
  }
}
