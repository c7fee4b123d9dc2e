package io.carillon.conformance.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests whose end a balancer and a node could find at different places. Behind each stands a
 * request for a path that the balancer answers itself: an answer of the node shows that the
 * balancer has taken this request for the body of another one.
 */
class SmugglingIT {

  private static final String KEY = "publish-key-publish-key-publish-key";
  private static final String POST =
      "POST /topics/a HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n"
          + "Authorization: Bearer "
          + KEY
          + "\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

  /** Only the node answers this one with 200. */
  private static final String SMUGGLED =
      "GET /ready HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

  private static final String OF_THE_NODE = "\"status\":\"ok\"";

  private enum Attempt {
    BOTH_LENGTHS(POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    BOTH_LENGTHS_REVERSED(
        POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
    TWO_LENGTHS(POST + "Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello"),
    LIST_OF_LENGTHS(POST + "Content-Length: 0, 5\r\n\r\nhello"),
    SIGNED_LENGTH(POST + "Content-Length: +5\r\n\r\nhello"),
    FOLDED_LINE(POST + "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    BARE_LINE_FEED(POST + "X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    SPACE_BEFORE_COLON(POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    TAB_IN_FRONT_OF_CODING(POST + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n"),
    UNKNOWN_CODING(POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    TWO_CODINGS(POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"),
    CHUNK_WITHOUT_END(CHUNKED + "2\r\nhi0\r\n\r\n"),
    CHUNK_WITH_PREFIX(CHUNKED + "0x2\r\nhi\r\n0\r\n\r\n"),
    CHUNK_OF_LINE_FEEDS(CHUNKED + "2\nhi\n0\n\n"),
    CHUNK_OF_HUGE_LENGTH(CHUNKED + "ffffffffffffffff2\r\nhi\r\n0\r\n\r\n");

    private final String bytes;

    Attempt(String bytes) {
      this.bytes = bytes;
    }
  }

  private static Node node() {
    return Node.launch(Map.of(), "--port=0", "--set=topics.publish_keys=" + KEY).awaitReady();
  }

  @ParameterizedTest
  @EnumSource(names = {"HAPROXY_HTTP", "NGINX_HTTP"})
  void noRequestPassesABalancerInsideAnother(BalancerMode mode) {
    try (Node node = node();
        LoadBalancer balancer = mode.start(List.of(node))) {
      assertThat(Http.get(node.url(), "/ready").body()).contains(OF_THE_NODE);
      for (Attempt attempt : Attempt.values()) {
        String answers = send(balancer.url(), attempt.bytes + SMUGGLED);

        assertThat(answers).as("%s", attempt).doesNotContain(OF_THE_NODE);
        for (int next = 0; next < 3; next++) {
          assertThat(Http.get(balancer.url(), "/nowhere").status())
              .as("the next client's answer is its own after %s", attempt)
              .isEqualTo(404);
        }
      }
    }
  }

  /** A refused upgrade is no tunnel: the balancer reads what comes behind it. */
  @ParameterizedTest
  @EnumSource(names = {"HAPROXY_HTTP", "NGINX_HTTP"})
  void nothingPassesABalancerBehindARefusedUpgrade(BalancerMode mode) {
    String refused =
        new String(RawClient.handshake("/"), ISO_8859_1).replace("Version: 13", "Version: 99");
    try (Node node = node();
        LoadBalancer balancer = mode.start(List.of(node))) {
      String answers = send(balancer.url(), refused + SMUGGLED);

      assertThat(answers).startsWith("HTTP/1.1 4").doesNotContain(OF_THE_NODE);
    }
  }

  /** As it arrives from a balancer that passes all on. */
  @ParameterizedTest
  @EnumSource(names = {"HAPROXY_TCP", "NGINX_TCP"})
  void theNodeItselfRefusesWhatArrivesRaw(BalancerMode mode) {
    try (Node node = node();
        LoadBalancer balancer = mode.start(List.of(node))) {
      assertThat(send(balancer.url(), SMUGGLED)).contains(OF_THE_NODE);
      for (Attempt attempt : Attempt.values()) {
        String answers = send(balancer.url(), attempt.bytes + SMUGGLED);

        assertThat(answers).as("%s", attempt).matches("(?s)HTTP/1.1 (400|413|501) .*");
        assertThat(answers.split("HTTP/1.1 (?=[0-9]{3} )", -1))
            .as("one answer to %s: %s", attempt, answers)
            .hasSize(2);
      }
    }
  }

  /** All that is answered up to the end of the connection. */
  private static String send(URI url, String text) {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout((int) Patience.LIMIT.toMillis());
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
