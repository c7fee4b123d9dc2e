package io.carillon.conformance.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which RabbitMQ a node uses, and what it says when it can't. */
class BrokerConfigurationIT {

  private static final String USER = RabbitAdmin.uniqueName("us/er@");
  private static final String PASSWORD = "p@ss:w/r d%+é&?#";

  private static final RabbitAdmin admin = new RabbitAdmin();

  @AutoClose
  private static final Vhost vhost = admin.createVhost(RabbitAdmin.uniqueName("a/b c%é"));

  @BeforeAll
  static void createUser() {
    admin.createUser(USER, PASSWORD);
    admin.permit(USER, vhost.name());
  }

  @AfterAll
  static void deleteUser() {
    admin.deleteUser(USER);
  }

  static List<String> uris() {
    String address = admin.host() + ":" + admin.port();
    return List.of(
        vhost.uri(USER, PASSWORD, address),
        vhost.uri(USER, PASSWORD, "127.0.0.1:1," + address),
        vhost.uri(USER, PASSWORD, address) + "?heartbeat=3&connection_timeout=2000",
        vhost.uri(admin.user(), admin.password(), "localhost:" + admin.port()),
        tls());
  }

  private static String tls() {
    URI tls = URI.create(RabbitAdmin.environment("CARILLON_TEST_RABBITMQ_TLS_URL"));
    String ca = RabbitAdmin.environment("CARILLON_TEST_RABBITMQ_CA");
    return vhost
            .uri(USER, PASSWORD, tls.getHost() + ":" + tls.getPort())
            .replace("amqp://", "amqps://")
        + "?cacertfile="
        + URLEncoder.encode(ca, UTF_8);
  }

  @ParameterizedTest
  @MethodSource("uris")
  void connectsByEveryFormOfUri(String uri) throws Exception {
    try (Node node = launch(uri).awaitReady();
        Client alice = Client.connect(node.url()).expectGreeting("Anonymous");
        Capture capture = new Capture(vhost, "lobby")) {
      alice.send("hello").expect("[lobby] Anonymous: hello");
      assertThat(capture.next().getEnvelope().getRoutingKey()).isEqualTo("lobby");
      assertThat(node.output()).doesNotContain(PASSWORD).doesNotContain("p%40ss");
    }
  }

  @Test
  void saysThatThePasswordIsWrongAndEnds() {
    String address = admin.host() + ":" + admin.port();
    try (Node node = launch(vhost.uri(USER, "wrongSecret", address))) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(faults(node)).singleElement().asString().contains("credentials").contains(USER);
      assertThat(node.output()).doesNotContain("wrongSecret");
    }
  }

  @Test
  void saysThatTheVirtualHostIsMissingAndEnds() {
    String uri = new Vhost(admin, "nowhere").uri();
    try (Node node = launch(uri)) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(faults(node)).singleElement().asString().contains("nowhere");
      assertThat(node.output()).doesNotContain(admin.password());
    }
  }

  @Test
  void saysThatTheUserMayNotEnterTheVirtualHostAndEnds() {
    try (Vhost closed = admin.createVhost();
        Node node = launch(closed.uri(USER, PASSWORD, admin.host() + ":" + admin.port()))) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(faults(node)).singleElement().asString().contains(closed.name());
    }
  }

  @Test
  void saysThatTheExchangeIsOfAnotherKindAndEnds() {
    try (Vhost taken = admin.createVhost()) {
      admin.declareExchange(taken.name(), Vhost.EXCHANGE, "{\"type\":\"fanout\",\"durable\":true}");
      try (Node node = launch(taken.uri())) {
        assertThat(node.exitCode()).isEqualTo(1);
        assertThat(faults(node)).singleElement().asString().contains(Vhost.EXCHANGE);
        assertThat(node.output()).doesNotContain(admin.password());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("brokenUris")
  void saysWhatIsWrongWithAUri(String uri) {
    try (Node node = launch(uri)) {
      assertThat(node.exitCode()).isEqualTo(2);
      assertThat(faults(node)).hasSize(1);
      assertThat(node.output()).doesNotContain("hunter2").doesNotContain("\tat ");
    }
  }

  static List<String> brokenUris() {
    return List.of("http://u:hunter2@localhost", "amqp://u:hunter2@localhost:notaport");
  }

  /** What was said at the end, which must be one line, and no stack trace. */
  private static List<String> faults(Node node) {
    assertThat(node.output()).doesNotContain("\tat ");
    return node.log().stream().filter(line -> line.startsWith("carillon serve: ")).toList();
  }

  @Test
  void startsWithoutRabbitAndIsReadyOnceItAppears() throws Exception {
    try (Vhost own = admin.createVhost();
        Relay relay = new Relay(admin.host(), admin.port());
        Node node = launch(own.uri("127.0.0.1", relay.port()))) {
      URI url =
          URI.create(
              node.awaitLog(line -> line.contains("listens on"))
                  .replaceFirst(".*listens on /([0-9.]+:\\d+).*", "ws://$1"));

      await().atMost(Patience.LIMIT).until(() -> Http.get(url, "/up").status() == 404);
      assertThat(Http.get(url, "/up").body()).contains("\"degraded\"");
      assertThat(Http.get(url, "/live").status()).isEqualTo(200);
      assertThat(Http.get(url, "/ready").status()).isEqualTo(404);
      try (RawClient early = RawClient.dial(url)) {
        early.send(RawClient.handshake("/?name=Early"));
        assertThat(early.readHead())
            .startsWith("HTTP/1.1 503 ")
            .containsIgnoringCase("retry-after: ");
      }
      assertThat(node.isReady()).isFalse();

      relay.plugIn();

      node.awaitReady();
      assertThat(Http.get(url, "/ready").status()).isEqualTo(200);
      assertThat(Http.get(url, "/up").body()).contains("\"ok\"");
      try (Client alice = Client.connect(url).expectGreeting("Anonymous")) {
        alice.send("hello").expect("[lobby] Anonymous: hello");
      }
    }
  }

  private static Node launch(String uri) {
    return Node.launch(Map.of("RABBITMQ_URL", uri), "--port", "0", "--node-id", "n1");
  }
}
