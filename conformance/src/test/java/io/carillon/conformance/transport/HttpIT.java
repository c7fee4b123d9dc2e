package io.carillon.conformance.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node's answers to requests for something else than a WebSocket, and to incomplete handshakes.
 */
class HttpIT {

  @RegisterExtension static final Cluster cluster = Cluster.of(1);

  @ParameterizedTest
  @ValueSource(strings = {"/any/path", "/any?name=Alice", "/up/x"})
  void plainRequestsForNothingAreToldHowToConnect(String path) {
    Http.Reply reply = Http.get(cluster.node(1).url(), path);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body()).contains("Upgrade: websocket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/up", "/health", "/ready", "/live", "/up?from=balancer", "/ready/"})
  void aHealthyNodeSaysSo(String path) {
    assertThat(Http.get(cluster.node(1).url(), path))
        .isEqualTo(new Http.Reply(200, "{\"status\":\"ok\"}\n"));
  }

  @Test
  void anOverlongRequestLineIs414() {
    RawClient client = cluster.dial(1);

    client.send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(client.readHead()).startsWith("HTTP/1.1 414 ");
    client.awaitHangUp();
  }

  @Test
  void overlongHeadersAre431() {
    RawClient client = cluster.dial(1);

    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(17_000) + "\r\n\r\n");

    assertThat(client.readHead()).startsWith("HTTP/1.1 431 ");
    client.awaitHangUp();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n"
      })
  void aHandshakeThatIsWrongIsRefused(String headers) {
    RawClient client = cluster.dial(1);

    client.send(
        "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + headers
            + "\r\n");

    assertThat(client.readHead())
        .startsWith(
            headers.startsWith("Sec-WebSocket-Version: 8") ? "HTTP/1.1 426 " : "HTTP/1.1 400 ");
  }

  @Test
  void whatIsNoHttpIsRefused() {
    RawClient client = cluster.dial(1);

    client.send("\u0016\u0003\u0001 a TLS hello\r\n\r\n");

    assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
    client.awaitHangUp();
  }
}
