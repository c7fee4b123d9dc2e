package io.carillon.conformance.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.broker.OnlyOverRabbitMq;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Relay;
import io.carillon.conformance.rabbitmq.Vhost;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishing with one request, as backends do. */
@Tag("any-broker")
class HttpPublishIT {

  private static final String KEY = "canary-key-canary-key";
  private static final String AUTHORIZATION = "Authorization: Bearer " + KEY + "\r\n";

  @RegisterExtension
  static final Cluster cluster =
      Cluster.of(
          2,
          "--log-level",
          "trace",
          "--drain-announce",
          "0s",
          "--set",
          "topics.publish_keys=" + KEY);

  private static String post(String topic, String headers, String body) {
    return "POST /topics/%s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(topic, body.length(), headers, body);
  }

  /** The answer to one request, up to the end of the connection. */
  private static String answerTo(String request) {
    try (RawClient client = cluster.dial(1).send(request)) {
      return client.readHead() + client.readBody();
    }
  }

  @Test
  void whatIsPublishedOnOneNodeIsHeardOnTheOther() {
    Client bob = cluster.join(2, "Bob").subscribe("news/a b");
    String accepted =
        answerTo(
            post(
                "news%2Fa%20b",
                AUTHORIZATION + "Content-Type: text/plain\r\nConnection: close\r\n", "Hello"));
    assertThat(accepted).startsWith("HTTP/1.1 202 ").endsWith("{\"status\":\"accepted\"}\n");
    bob.expect("[news/a b] Server: Hello");
    answerTo(
        post(
            "news%2Fa%20b",
            AUTHORIZATION + "Content-Type: application/json\r\nConnection: close\r\n",
            "{\"message\":\"Hi\",\"name\":\"Desk\"}"));
    bob.expect("[news/a b] Desk: Hi");
  }

  @Test
  void pipelinedMessagesAreAnsweredAndHeardInTheirOrder() {
    Client bob = cluster.join(2, "Bob").subscribe("list");
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      requests.append(post("list", AUTHORIZATION, "message " + i));
    }
    requests.append(post("%", AUTHORIZATION, "wrong"));
    RawClient client = cluster.dial(1).send(requests.toString());
    for (int i = 0; i < 100; i++) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 202 ");
      readAccepted(client);
      bob.expect("[list] Server: message " + i);
    }
    assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
  }

  private static void readAccepted(RawClient client) {
    assertThat(client.readText("{\"status\":\"accepted\"}\n".length()))
        .isEqualTo("{\"status\":\"accepted\"}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /topics/a   | Bearer canary-key-canary-kex | text/plain | 401
          POST | /topics/a   | Basic canary-key-canary-key  | text/plain | 401
          GET  | /topics/a   | Bearer canary-key-canary-key | text/plain | 405
          POST | /topics/a/b | Bearer canary-key-canary-key | text/plain | 404
          POST | /topics/%ff | Bearer canary-key-canary-key | text/plain | 400
          POST | /topics/a   | Bearer canary-key-canary-key | image/png  | 415
          """)
  void saysWhatIsWrongWithARequest(
      String method, String path, String authorization, String type, int status) {
    try (RawClient client = cluster.dial(1)) {
      client.send(
          "%s %s HTTP/1.1\r\nHost: h\r\nAuthorization: %s\r\nContent-Type: %s\r\nContent-Length: 2\r\n\r\nhi"
              .formatted(method, path, authorization, type));
      assertThat(client.readHead()).startsWith("HTTP/1.1 " + status + " ");
      assertThat(client.readBody()).isNotBlank().doesNotContain("canary");
    }
    assertThat(cluster.node(1).output()).doesNotContain("canary");
  }

  @Test
  void takesBodiesAsLongAsMessagesAndNoLonger() {
    Client bob = cluster.join(2, "Bob").subscribe("long");
    String longest = "x".repeat(256 << 10);
    assertThat(answerTo(post("long", AUTHORIZATION + "Connection: close\r\n", longest)))
        .startsWith("HTTP/1.1 202 ");
    bob.expect("[long] Server: " + longest);
    assertThat(answerTo(post("long", AUTHORIZATION, longest + "x")))
        .startsWith("HTTP/1.1 413 ")
        .contains("at most 262144 bytes");
    assertThat(answerTo("POST /topics/a HTTP/1.1\r\nHost: h\r\n" + AUTHORIZATION + "\r\n"))
        .startsWith("HTTP/1.1 411 ");
  }

  /** A stranger's body is not even read: its answer comes first. */
  @Test
  void refusesAStrangerBeforeItsBody() {
    try (RawClient client = cluster.dial(1)) {
      client.send("POST /topics/a HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nxx");
      assertThat(client.readHead()).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void endsABodyThatTakesTooLong() {
    try (Node node =
            Node.launch(
                    Map.of(
                        "CARILLON_TOPICS_PUBLISH_KEYS",
                        KEY,
                        "CARILLON_LIMITS_HANDSHAKE_TIMEOUT",
                        "500ms"),
                    "--port",
                    "0")
                .awaitReady();
        RawClient client = RawClient.dial(node.url())) {
      client.send(
          "POST /topics/a HTTP/1.1\r\nHost: h\r\n"
              + AUTHORIZATION
              + "Content-Length: 9\r\n\r\nslow");
      assertThat(client.isHungUp()).isTrue();
    }
  }

  /** Netty's reader makes two other characters of it, which would be another topic. */
  @Test
  void refusesATopicThatIsNotPercentEncoded() {
    try (RawClient client = cluster.dial(1)) {
      client.send(post("ü", AUTHORIZATION, "hi").getBytes(UTF_8));
      assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void aNodeThatOnlyBackendsUseTellsBalancersAndTakesTheirRequestsUntilItClosesItsPort() {
    try (Node node =
        Node.launch(Map.of("CARILLON_TOPICS_PUBLISH_KEYS", KEY), "--port", "0").awaitReady()) {
      node.terminate();
      await().atMost(Patience.LIMIT).until(() -> Http.get(node.url(), "/ready").status() == 404);
      try (RawClient late = RawClient.dial(node.url()).send(post("a", AUTHORIZATION, "hi"))) {
        assertThat(late.readHead()).startsWith("HTTP/1.1 202 ");
      }
      assertThat(node.exitCode()).isZero();
    }
  }

  @OnlyOverRabbitMq
  @Test
  void aRequestThatIsUnderWayIsAnsweredWhenItsNodeLeaves() throws Exception {
    RabbitAdmin admin = new RabbitAdmin();
    try (Vhost vhost = admin.createVhost();
        Relay relay = new Relay(admin.host(), admin.port())) {
      relay.plugIn();
      Map<String, String> environment =
          Map.of(
              "RABBITMQ_URL",
              vhost.uri("127.0.0.1", relay.port()),
              "CARILLON_TOPICS_PUBLISH_KEYS",
              KEY);
      try (Node node = Node.launch(environment, "--port", "0").awaitReady();
          RawClient backend = RawClient.dial(node.url())) {
        relay.swallow();
        backend.send(post("a", AUTHORIZATION, "into the dark"));
        relay.awaitSwallowed(64);
        node.terminate();
        assertThat(backend.readHead()).startsWith("HTTP/1.1 504 ");
        assertThat(backend.readBody()).contains("\"status\":\"unknown\"");
        assertThat(node.exitCode()).isZero();
      }
    }
  }

  @Test
  void isOffWithoutKeysAndSaysHowToTurnItOn() {
    try (Node node = Node.launch(Map.of(), "--port", "0").awaitReady();
        RawClient client = RawClient.dial(node.url())) {
      client.send(post("a", AUTHORIZATION, "hi"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 403 ");
      assertThat(client.readBody()).contains("topics.publish_keys");
    }
  }

  @OnlyOverRabbitMq
  @Test
  void saysWhatBecameOfAMessageWhenTheBrokerGoes() throws Exception {
    RabbitAdmin admin = new RabbitAdmin();
    try (Vhost vhost = admin.createVhost();
        Relay relay = new Relay(admin.host(), admin.port())) {
      relay.plugIn();
      Map<String, String> environment =
          Map.of(
              "RABBITMQ_URL",
              vhost.uri("127.0.0.1", relay.port()),
              "CARILLON_TOPICS_PUBLISH_KEYS",
              KEY);
      try (Node node = Node.launch(environment, "--port", "0").awaitReady();
          RawClient first = RawClient.dial(node.url());
          RawClient second = RawClient.dial(node.url())) {
        relay.swallow();
        first.send(post("a", AUTHORIZATION, "into the dark"));
        relay.awaitSwallowed(64);
        relay.cut();
        assertThat(first.readHead()).startsWith("HTTP/1.1 504 ").doesNotContain("Retry-After");

        node.awaitLog("No connection to");
        second.send(post("a", AUTHORIZATION, "anyone?"));
        assertThat(second.readHead()).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
        assertThat(second.readBody()).contains("\"status\":\"refused\"");
      }
    }
  }
}
