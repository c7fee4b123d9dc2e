package io.carillon.conformance.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.node.NodeKind;
import io.carillon.conformance.pusher.AppCluster;
import io.carillon.conformance.pusher.SignedRequest;
import io.carillon.conformance.topics.TopicsProtocolContract;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients and backends of two nodes, all of which connect through one port of a balancer. The
 * balancer runs with a configuration that {@code carillon balancer} has printed. The nodes take the
 * PROXY protocol from the modes that speak it.
 */
abstract class BehindBalancerContract extends TopicsProtocolContract {

  private static final String COOKIE = "serverid=";

  @RegisterExtension static final Cluster cluster = Cluster.of(node(), node());

  private static @Nullable LoadBalancer balancer;
  private static @Nullable BalancerMode running;

  private final BalancerMode mode;

  BehindBalancerContract(BalancerMode mode) {
    this.mode = mode;
  }

  private static NodeKind node() {
    return AppCluster.node("", BalancerMode.PROXY_FLAGS);
  }

  @BeforeEach
  void start() {
    if (balancer == null || running != mode) {
      stop();
      balancer = mode.start(cluster.nodes());
      running = mode;
    }
    cluster.connectThrough(entry());
  }

  /**
   * What the clients of a test said has reached both nodes, so the clients of the next test, which
   * may come to the other node, do not hear it. A node's publications arrive in their order.
   */
  @AfterEach
  void awaitQuiet() {
    try (Client one = Client.connect(cluster.node(1).url());
        Client two = Client.connect(cluster.node(2).url())) {
      one.expectGreeting("Anonymous");
      two.expectGreeting("Anonymous");
      one.send("from one");
      two.send("from two");
      one.skipTo("[lobby] Anonymous: from two");
      two.skipTo("[lobby] Anonymous: from one");
    }
  }

  @AfterAll
  static void stop() {
    if (balancer != null) {
      balancer.close();
      balancer = null;
    }
  }

  private static URI entry() {
    return Objects.requireNonNull(balancer, "not started").url();
  }

  @Override
  protected Cluster cluster() {
    return cluster;
  }

  @Test
  void pusherClientsHearEachPublishOfABackendOnce() {
    String channel = "through-" + mode;
    List<Client> clients =
        Stream.generate(() -> cluster.connect(1, AppCluster.path())).limit(4).toList();
    for (Client client : clients) {
      AppCluster.greeted(client);
      client.send(AppCluster.subscribe(channel)).expect(AppCluster.succeeded(channel));
    }

    IntStream.range(0, 100).forEach(number -> publish(channel, number));

    for (Client client : clients) {
      List<String> heard = Stream.generate(client::next).limit(100).toList();
      assertThat(heard).doesNotHaveDuplicates().allMatch(frame -> frame.contains(channel));
    }
  }

  private static void publish(String channel, int number) {
    try (RawClient backend = RawClient.dial(entry())) {
      backend.send(SignedRequest.event(channel, "news", "n" + number).last());
      assertThat(backend.readHead()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void strangersGetNoHealthChecks() {
    assertThat(Http.get(entry(), "/up").status()).isEqualTo(200);
    assertThat(Http.get(entry(), "/ready").status()).isEqualTo(mode.readsRequests() ? 404 : 200);
  }

  @Test
  void aCookieLeadsBackToItsNode() {
    String first = handshake("");
    if (!mode.isSticky()) {
      assertThat(first).doesNotContain(COOKIE);
      return;
    }
    String cookie = cookie(first);
    assertThat(cookie).matches("serverid=node-[12]");
    for (int i = 0; i < 6; i++) {
      String again = handshake("Cookie: " + cookie + "\r\n");
      assertThat(again.contains(COOKIE) ? cookie(again) : cookie).isEqualTo(cookie);
    }
    assertThat(Stream.generate(() -> cookie(handshake(""))).limit(8))
        .as("without the cookie clients reach both nodes")
        .contains("serverid=node-1", "serverid=node-2");
  }

  /** The answer's head. */
  private static String handshake(String header) {
    String request = new String(RawClient.handshake("/?name=Ada"), ISO_8859_1);
    RawClient client = cluster.dial(1);
    client.send(request.replace("Host: localhost\r\n", "Host: localhost\r\n" + header));
    String head = client.readHead();
    assertThat(head).startsWith("HTTP/1.1 101 ");
    return head;
  }

  private static String cookie(String head) {
    int start = head.indexOf(COOKIE);
    return head.substring(start, head.indexOf(';', start));
  }
}
