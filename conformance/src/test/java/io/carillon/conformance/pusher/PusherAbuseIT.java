package io.carillon.conformance.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.broker.OnlyOverRabbitMq;
import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Relay;
import io.carillon.conformance.rabbitmq.Vhost;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients and backends that ask for too much, or for something that isn't theirs. The node goes on
 * serving.
 */
@Tag("any-broker")
class PusherAbuseIT {

  @RegisterExtension static final Cluster cluster = AppCluster.of(2, "");

  private static String answerTo(SignedRequest request) {
    try (RawClient client = cluster.dial(1).send(request.last())) {
      return client.readHead() + client.readBody();
    }
  }

  private static Client client(int node) {
    return cluster.connect(node, AppCluster.path());
  }

  @Test
  void requestsThatAreNotTheBackendsOwnAreRefused() {
    long now = Instant.now().getEpochSecond();
    SignedRequest[] refused = {
      SignedRequest.event("a", "e", "x").signedWith("another secret"),
      SignedRequest.event("a", "e", "x").with("auth_timestamp", "" + (now - 601)),
      SignedRequest.event("a", "e", "x").with("auth_timestamp", "" + (now + 700)),
      SignedRequest.event("a", "e", "x").with("auth_timestamp", "soon"),
      SignedRequest.event("a", "e", "x").with("auth_version", "2.0"),
      SignedRequest.event("a", "e", "x").with("auth_key", "nobodys-key"),
      SignedRequest.event("a", "e", "x").tamperedTo("{\"name\":\"e\",\"channel\":\"b\"}"),
      SignedRequest.event("a", "e", "x").with("body_md5", "00"),
    };
    for (SignedRequest request : refused) {
      assertThat(answerTo(request))
          .startsWith("HTTP/1.1 401 ")
          .contains("\"error\":")
          .doesNotContain(PusherApp.SECRET);
    }
    assertThat(answerTo(SignedRequest.event("a", "e", "x"))).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void whatIsTooMuchIsRefusedAndNothingIsPublished() {
    Client listener = client(2);
    AppCluster.greeted(listener);
    listener.send(AppCluster.subscribe("a")).expect(AppCluster.succeeded("a")).next();
    String channels =
        IntStream.range(0, 101)
            .mapToObj(i -> i == 0 ? "\"a\"" : "\"a" + i + "\"")
            .collect(Collectors.joining(","));

    assertThat(
            answerTo(
                SignedRequest.post(
                    "events", "{\"name\":\"e\",\"data\":\"x\",\"channels\":[" + channels + "]}")))
        .startsWith("HTTP/1.1 400 ");
    assertThat(answerTo(SignedRequest.event("a", "e", "x".repeat(10_241))))
        .startsWith("HTTP/1.1 413 ");
    assertThat(answerTo(SignedRequest.event("a", "e", "x".repeat(10 << 20))))
        .startsWith("HTTP/1.1 413 ");
    assertThat(answerTo(SignedRequest.event("a".repeat(165), "e", "x")))
        .startsWith("HTTP/1.1 400 ");
    assertThat(answerTo(SignedRequest.event("a", "e".repeat(201), "x")))
        .startsWith("HTTP/1.1 400 ");
    assertThat(answerTo(SignedRequest.event("a", "the last", "x"))).startsWith("HTTP/1.1 200 ");
    listener.expect(AppCluster.event("a", "the last", "x"));
  }

  @Test
  void aThousandRequestsInOneGoAreAnsweredInOrder() {
    Client listener = client(2);
    AppCluster.greeted(listener);
    listener.send(AppCluster.subscribe("many")).expect(AppCluster.succeeded("many")).next();
    String all =
        IntStream.range(0, 1_000)
            .mapToObj(i -> SignedRequest.event("many", "e", "" + i).text())
            .collect(Collectors.joining());
    try (RawClient backend = cluster.dial(1).send(all)) {
      for (int i = 0; i < 1_000; i++) {
        assertThat(backend.readHead()).startsWith("HTTP/1.1 200 ").contains("content-length: 2");
        assertThat(backend.readText(2)).isEqualTo("{}");
      }
    }
    for (int i = 0; i < 1_000; i++) {
      listener.expect(AppCluster.event("many", "e", "" + i));
    }
  }

  @Test
  void anotherSocketsSignatureIsWorthNothing() {
    Client ada = client(1);
    Client eve = client(1);
    String ofAda = AppCluster.greeted(ada);
    AppCluster.greeted(eve);
    eve.send(AppCluster.subscribe("private-a", ofAda));

    assertThat(eve.next()).contains("pusher:subscription_error", "\"status\":401");
    ada.send(AppCluster.subscribe("private-a", ofAda)).expect(AppCluster.succeeded("private-a"));
  }

  private static String handshake(String target, String more) {
    String plain = new String(RawClient.handshake(target), UTF_8);
    return plain.substring(0, plain.length() - 2) + more + "\r\n";
  }

  /** Apple's systems drop a connection if the answer selects none of the offered subprotocols. */
  @Test
  void theSubprotocolIsSelectedWhereverItIsOffered() {
    String offered = "Sec-WebSocket-Protocol: pusher-channels-protocol-7\r\n";
    String other = "Sec-WebSocket-Protocol: mqtt\r\n";
    for (String more : new String[] {offered, other + offered, offered + other}) {
      try (RawClient client = cluster.dial(1).send(handshake(AppCluster.path(), more))) {
        assertThat(client.readHead().toLowerCase(Locale.ROOT))
            .startsWith("http/1.1 101 ")
            .containsOnlyOnce("sec-websocket-protocol: pusher-channels-protocol-7\r\n");
        assertThat(client.readText()).contains("pusher:connection_established");
      }
    }
    try (RawClient client = cluster.dial(1).send(handshake(AppCluster.path(), other))) {
      assertThat(client.readHead().toLowerCase(Locale.ROOT))
          .startsWith("http/1.1 101 ")
          .doesNotContain("sec-websocket-protocol");
    }
  }

  @Test
  void aLibraryOfPushersOnAWrongPathIsToldSo() {
    String query = AppCluster.path().substring(AppCluster.path().indexOf('?'));
    for (String path : new String[] {"//app/" + PusherApp.KEY, "/App/" + PusherApp.KEY, "/"}) {
      try (RawClient client = cluster.dial(1).send(handshake(path + query, ""))) {
        assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        assertThat(client.readText()).contains("pusher:error", "4005");
      }
    }
  }

  /** Before, a ping behind them waited eight seconds. */
  @Test
  void aPingBehindManyUnsubscribesIsAnsweredAtOnce() {
    Client client = client(1);
    AppCluster.greeted(client);
    for (int i = 0; i < 900; i++) {
      client.send(AppCluster.subscribe("left-" + i));
    }
    for (int i = 0; i < 900; i++) {
      client.send("{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"left-" + i + "\"}}");
    }
    long start = System.nanoTime();
    client.send("{\"event\":\"pusher:ping\",\"data\":{}}");
    client.skipTo("{\"event\":\"pusher:pong\",\"data\":{}}");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void oneSocketHasSoManySubscriptionsAndNoMore() {
    Client greedy = client(1);
    AppCluster.greeted(greedy);
    int granted = 0;
    for (int i = 0; i < 10_000; i++) {
      greedy.send(AppCluster.subscribe("greedy-" + i));
    }
    int told = 0;
    while (granted + told < 10_000) {
      String answer = greedy.next();
      granted += answer.contains("subscription_succeeded") ? 1 : 0;
      told += answer.contains("\"type\":\"LimitReached\"") ? 1 : 0;
    }
    assertThat(granted).isEqualTo(1_000);
    greedy.send("{\"event\":\"pusher:ping\",\"data\":{}}");
    greedy.skipTo("{\"event\":\"pusher:pong\",\"data\":{}}");
  }

  @Test
  void aStormOfClientEventsReachesNobodyButItsFirst() {
    Client storm = client(1);
    Client listener = client(2);
    String socketId = AppCluster.greeted(storm);
    String other = AppCluster.greeted(listener);
    storm
        .send(AppCluster.subscribe("private-s", socketId))
        .expect(AppCluster.succeeded("private-s"));
    listener
        .send(AppCluster.subscribe("private-s", other))
        .expect(AppCluster.succeeded("private-s"));
    int events = 5_000;
    for (int i = 0; i < events; i++) {
      storm.send("{\"event\":\"client-s\",\"channel\":\"private-s\",\"data\":" + i + "}");
    }
    storm.send("{\"event\":\"pusher:ping\",\"data\":{}}");
    int rejected = 0;
    String answer = storm.next();
    while (!answer.contains("pusher:pong")) {
      rejected += answer.contains("\"code\":4301") ? 1 : 0;
      answer = storm.next();
    }
    assertThat(rejected).isBetween(events / 2, events - 10);
    int heard = 0;
    try (RawClient backend =
        cluster.dial(1).send(SignedRequest.event("private-s", "end", "x").last())) {
      assertThat(backend.readHead()).startsWith("HTTP/1.1 200 ");
    }
    String end = AppCluster.event("private-s", "end", "x");
    for (String text = listener.next(); !text.equals(end); text = listener.next()) {
      heard += text.contains("client-s") ? 1 : 0;
    }
    assertThat(heard).isEqualTo(events - rejected);
  }

  @OnlyOverRabbitMq
  @Test
  void whatIsPublishedWithoutABusIsRefusedAndSaysWhatToDo() throws Exception {
    RabbitAdmin admin = new RabbitAdmin();
    try (Vhost vhost = admin.createVhost();
        Relay relay = new Relay(admin.host(), admin.port()).plugIn();
        Node node =
            Node.launch(
                    Map.of(
                        "RABBITMQ_URL", vhost.uri("127.0.0.1", relay.port()),
                        "SOKETI_DEFAULT_APP_ID", PusherApp.ID,
                        "SOKETI_DEFAULT_APP_KEY", PusherApp.KEY,
                        "SOKETI_DEFAULT_APP_SECRET", PusherApp.SECRET),
                    "--port",
                    "0")
                .awaitReady()) {
      relay.cut();
      node.awaitLog("No connection to");
      try (RawClient backend =
          RawClient.dial(node.url()).send(SignedRequest.event("a", "e", "x").last())) {
        assertThat(backend.readHead() + backend.readBody())
            .startsWith("HTTP/1.1 503 ")
            .containsIgnoringCase("retry-after: ")
            .contains("\"code\":\"unavailable\"");
      }
    }
  }
}
