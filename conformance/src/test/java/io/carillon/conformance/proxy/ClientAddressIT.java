package io.carillon.conformance.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node that takes one client of each address, behind each balancer. The answer to a second client
 * tells which address the node sees.
 */
@Tag("matrix")
class ClientAddressIT {

  private static final String SPOOFED =
      "X-Forwarded-For: 203.0.113.7\r\nForwarded: for=203.0.113.7\r\n";

  private static Node node(BalancerMode mode) {
    // A balancer that reads requests connects from the tests' own address.
    List<String> trust =
        mode.usesProxyProtocol() || !mode.readsRequests()
            ? List.of(BalancerMode.PROXY_FLAGS)
            : List.of("--set=proxy.trusted=127.0.0.1");
    return Node.launch(
            Map.of(),
            Stream.concat(
                    Stream.of("--port=0", "--set=limits.max_connections_per_address=1"),
                    trust.stream())
                .toArray(String[]::new))
        .awaitReady();
  }

  @ParameterizedTest
  @EnumSource
  void theNodeSeesTheClientsAddressAndNoSpoofedOne(BalancerMode mode) {
    boolean isTold = mode.usesProxyProtocol() || mode.readsRequests();
    try (Node node = node(mode);
        LoadBalancer balancer = mode.start(List.of(node))) {
      if (balancer instanceof HaProxy haproxy) {
        await()
            .atMost(Patience.LIMIT)
            .untilAsserted(
                () -> assertThat(haproxy.checks()).isNotEmpty().allMatch("L7OK"::equals));
      }
      try (RawClient first = dial(balancer.url(), "127.0.1.1");
          RawClient second = dial(balancer.url(), "127.0.1.1");
          RawClient spoofing = dial(balancer.url(), "127.0.1.1");
          RawClient other = dial(balancer.url(), "127.0.1.2")) {
        assertThat(answer(first, "")).isEqualTo("101");
        assertThat(answer(second, "")).isEqualTo("429");
        assertThat(answer(spoofing, SPOOFED)).isEqualTo("429");
        assertThat(answer(other, "")).isEqualTo(isTold ? "101" : "429");
      }
    }
  }

  /** A client's own header of the PROXY protocol is no HTTP, for a balancer or for the node. */
  @ParameterizedTest
  @EnumSource
  void aHeaderOfTheProxyProtocolFromAClientIsRefused(BalancerMode mode) {
    String header = "PROXY TCP4 203.0.113.7 127.0.0.1 5000 80\r\n";
    try (Node node = node(mode);
        LoadBalancer balancer = mode.start(List.of(node));
        RawClient client = RawClient.dial(balancer.url())) {
      client.send(header + new String(RawClient.handshake("/"), ISO_8859_1));

      // The node hangs up without an answer when it sees such a header on a port that expects none.
      assertThat(client.readBody()).matches("(?s)|HTTP/1.[01] 400 .*");
    }
  }

  private static RawClient dial(URI url, String from) {
    try {
      return RawClient.on(
          new Socket(
              InetAddress.ofLiteral(url.getHost()), url.getPort(), InetAddress.ofLiteral(from), 0));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The status of the answer to a handshake. */
  private static String answer(RawClient client, String header) {
    String request = new String(RawClient.handshake("/?name=Ada"), ISO_8859_1);
    client.send(request.replace("Host: localhost\r\n", "Host: localhost\r\n" + header));
    return client.readHead().split(" ", 3)[1];
  }
}
