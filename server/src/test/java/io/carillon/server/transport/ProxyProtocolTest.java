package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The beginning of a connection, byte by byte. */
class ProxyProtocolTest {

  private static final ClientAddress BALANCER = ClientAddress.parse("10.0.0.1").orElseThrow();
  private static final ClientAddress STRANGER = ClientAddress.parse("192.0.2.9").orElseThrow();
  private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
  private static final String REST = "GET / HTTP/1.1\r\n\r\n";
  private static final ProxyConfig CONFIG =
      new ProxyConfig(
          List.of(Network.of("10.0.0.0/8")),
          0,
          ForwardedHeader.X_FORWARDED_FOR,
          ProxyProtocolMode.REQUIRED);

  private final TransportCounters counters = new TransportCounters();
  private long nanos;

  /** A header, and the address that it names; the balancer's own if it names none. */
  record Header(String bytes, String address) {}

  private static String binary(String hex) {
    return SIGNATURE + new String(HexFormat.of().parseHex(hex.replace(" ", "")), ISO_8859_1);
  }

  static Stream<Header> headers() {
    return Stream.of(
        new Header("PROXY TCP4 203.0.113.7 10.0.0.1 4711 8080\r\n", "203.0.113.7"),
        new Header("PROXY TCP6 2001:db8::7 2001:db8::1 4711 8080\r\n", "2001:db8:0:0:0:0:0:7"),
        new Header("PROXY TCP6 ::ffff:203.0.113.7 ::1 4711 8080\r\n", "203.0.113.7"),
        new Header("PROXY UNKNOWN\r\n", "10.0.0.1"),
        new Header("PROXY UNKNOWN 203.0.113.7 10.0.0.1 4711 8080\r\n", "10.0.0.1"),
        new Header(binary("21 11 000c cb007107 0a000001 1267 1f90"), "203.0.113.7"),
        new Header(
            binary(
                "21 21 0024 20010db8000000000000000000000007 20010db8000000000000000000000001"
                    + " 1267 1f90"),
            "2001:db8:0:0:0:0:0:7"),
        new Header(
            binary(
                "21 21 0024 00000000000000000000ffffcb007107 00000000000000000000000000000001"
                    + " 1267 1f90"),
            "203.0.113.7"),
        new Header(binary("21 11 0012 cb007107 0a000001 1267 1f90 05 0003 616263"), "203.0.113.7"),
        new Header(binary("20 00 0000"), "10.0.0.1"),
        new Header(binary("20 11 000c cb007107 0a000001 1267 1f90"), "10.0.0.1"),
        new Header(binary("21 00 0000"), "10.0.0.1"));
  }

  private EmbeddedChannel connect(ClientAddress peer) {
    EmbeddedChannel channel = new EmbeddedChannel();
    ClientAddresses addresses = new ClientAddresses(CONFIG, counters);
    new ProxyProtocol(
            ProxyProtocolMode.REQUIRED, addresses, new ProxyWarnings(counters, () -> nanos))
        .begin(channel, peer);
    return channel;
  }

  private static String passedOn(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
      text.append(next.toString(ISO_8859_1));
      next.release();
    }
    return text.toString();
  }

  private Map<ProxyFault, Long> refused() {
    return counters.stats(0, 0, 0, 0, 0).refusedProxies();
  }

  private static void assertHeard(EmbeddedChannel channel, Header header) {
    assertThat(passedOn(channel)).isEqualTo(REST);
    assertThat(channel.isOpen()).isTrue();
    ProxiedSource source = channel.attr(ProxiedSource.KEY).get();
    assertThat(source.address()).hasToString(header.address());
    assertThat(source.kind())
        .isEqualTo(
            header.address().equals("10.0.0.1")
                ? ProxiedSource.Kind.UNSPECIFIED
                : ProxiedSource.Kind.CONNECTION);
    assertThat(channel.pipeline().names()).as("handlers").hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aTrustedProxyNamesTheClient(Header header) {
    String bytes = header.bytes() + REST;
    for (int split = 0; split <= bytes.length(); split++) {
      EmbeddedChannel channel = connect(BALANCER);
      channel.writeInbound(RoutedSocket.bytes(bytes.substring(0, split)));
      channel.writeInbound(RoutedSocket.bytes(bytes.substring(split)));
      assertHeard(channel, header);
      channel.finishAndReleaseAll();
    }
    EmbeddedChannel slow = connect(BALANCER);
    for (int i = 0; i < bytes.length(); i++) {
      slow.writeInbound(RoutedSocket.bytes(bytes.substring(i, i + 1)));
    }
    assertHeard(slow, header);
    assertThat(refused().values()).containsOnly(0L);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void nobodyElseNamesAClient(Header header) {
    String bytes = header.bytes() + REST;
    int decided = header.bytes().startsWith("PROXY ") ? 6 : 12;
    for (int split = 0; split < decided; split++) {
      EmbeddedChannel channel = connect(STRANGER);
      channel.writeInbound(RoutedSocket.bytes(bytes.substring(0, split)));
      assertThat(channel.isOpen()).isTrue();
      channel.writeInbound(RoutedSocket.bytes(bytes.substring(split)));
      assertThat(channel.isOpen()).isFalse();
      assertThat(passedOn(channel)).isEmpty();
      assertThat(channel.hasAttr(ProxiedSource.KEY)).isFalse();
    }
    assertThat(refused()).containsEntry(ProxyFault.UNTRUSTED, (long) decided);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\n", "\u0016\u0003\u0001"})
  void othersSpeakAsEver(String bytes) {
    for (int split = 0; split <= bytes.length(); split++) {
      EmbeddedChannel channel = connect(STRANGER);
      channel.writeInbound(RoutedSocket.bytes(bytes.substring(0, split)));
      channel.writeInbound(RoutedSocket.bytes(bytes.substring(split)));
      channel.finish();
      assertThat(passedOn(channel)).isEqualTo(bytes);
    }
    assertThat(refused().values()).containsOnly(0L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET / HTTP/1.1\r\n\r\n", "PROXX", "\u0016\u0003\u0001", "\r\n\r\n\r\n", "G"})
  void aTrustedProxyHasToSendAHeader(String bytes) {
    EmbeddedChannel channel = connect(BALANCER);
    channel.writeInbound(RoutedSocket.bytes(bytes));
    assertThat(channel.isOpen()).isFalse();
    assertThat(passedOn(channel)).isEmpty();
    assertThat(refused()).containsEntry(ProxyFault.MISSING, 1L);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "PROXY TCP4 203.0.113.7 10.0.0.1 4711 99999\r\n",
        "PROXY TCP4 203.0.113.777 10.0.0.1 4711 80\r\n",
        "PROXY TCP4 203.0.113.7\r\n",
        "PROXY TCP5 203.0.113.7 10.0.0.1 4711 80\r\n",
        "PROXY TCP6 203.0.113.7 10.0.0.1 4711 80\r\n",
        "PROXY " + "x".repeat(200),
        "PROXY UNKNOWN " + "x".repeat(200) + "\r\n",
        binary("31 11 000c cb007107 0a000001 1267 1f90"),
        binary("22 11 000c cb007107 0a000001 1267 1f90"),
        binary("21 11 0004 cb007107"),
        binary("21 11 ffff") + "x".repeat(70_000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void closesAConnectionWhoseHeaderIsWrong(String bytes) {
    EmbeddedChannel channel = connect(BALANCER);
    channel.writeInbound(RoutedSocket.bytes(bytes + REST));
    channel.checkException();
    assertThat(channel.isOpen()).isFalse();
    assertThat(passedOn(channel)).isEmpty();
    assertThat(refused()).containsEntry(ProxyFault.MALFORMED, 1L);
  }

  @Test
  void isOffByDefault() {
    EmbeddedChannel channel = new EmbeddedChannel();
    Arrivals.of(TransportConfig.DEFAULTS, counters).proxyProtocol().begin(channel, BALANCER);
    assertThat(channel.pipeline().names()).hasSize(1);
  }
}
