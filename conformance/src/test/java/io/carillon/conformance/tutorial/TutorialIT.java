package io.carillon.conformance.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.proxy.Balancer;
import io.carillon.conformance.rabbitmq.RabbitAdmin;
import io.carillon.conformance.rabbitmq.Vhost;
import io.carillon.conformance.redis.PrivateRedis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Users and broadcasts on one node, and on two nodes over Redis and RabbitMQ. */
@Isolated("a killed node that has to be noticed in time")
class TutorialIT {

  private static final String GET_USERS = "{\"type\":\"get-users\"}";
  private static final String BROADCAST = "{\"type\":\"broadcast\"}";
  private static final String CHANNEL = "ws:messages";
  private static final String JOHN = "{\"id\":1,\"firstname\":\"John\",\"lastname\":\"Doe\"}";
  private static final String ANN = "{\"id\":7,\"firstname\":\"Ann\",\"lastname\":\"Lee\"}";
  private static final String BOB = "{\"id\":8,\"firstname\":\"Bob\",\"lastname\":\"Ray\"}";
  private static final String AS_ANN = "?id=7&firstname=Ann&lastname=Lee";
  private static final String AS_BOB = "?id=8&firstname=Bob&lastname=Ray";
  private static final Duration OF_A_CRASH = Duration.ofSeconds(5);

  @RegisterExtension final TutorialNodes nodes = new TutorialNodes();

  private static String listOf(String... users) {
    return Stream.of(users).toList().toString().replace(", ", ",");
  }

  @Test
  void redisCliReachesAllClientsAndHearsTheirBroadcasts() throws Exception {
    try (PrivateRedis redis = new PrivateRedis()) {
      nodes.start(2, redis.uri(), "--set", "log.level=trace");
      try (Client one = nodes.client(1, "");
          Client two = nodes.client(2, "");
          RedisListener listener = RedisListener.subscribe(redis.uri(), CHANNEL)) {
        // The answer shows that a client is subscribed.
        one.send(GET_USERS).expect(listOf(JOHN));
        two.send(GET_USERS).expect(listOf(JOHN));

        one.send(BROADCAST).expect(listOf(JOHN));
        two.expect(listOf(JOHN));
        listener.expect(listOf(JOHN));

        assertThat(redis.ask("publish", CHANNEL, "my message").strip()).isEqualTo("3");
        one.expect("my message");
        two.expect("my message");
        listener.expect("my message");
        nodes.node(2).awaitLog("Message from: ws:messages, my message");

        one.send("{\"type\":").skipTo(error("The message is not JSON"));
        one.send(GET_USERS).expect(listOf(JOHN));

        redis.kill();
        nodes.awaitReadiness(404);
        one.send(BROADCAST).expect(error());
        redis.start();
        nodes.awaitReadiness(200);
        redis.ask("publish", CHANNEL, "back");
        one.expect("back");
        two.expect("back");
      }
    }
  }

  private static String error(String what) {
    return ("{\"type\":\"error\",\"message\":\"%s (expected: {\\\"type\\\":\\\"get-users\\\"} or"
            + " {\\\"type\\\":\\\"broadcast\\\"})\"}")
        .formatted(what);
  }

  private static String error() {
    return "{\"type\":\"error\",\"message\":\"The message bus is unavailable; try again later\"}";
  }

  @Test
  void usersAreThoseOfAllNodesBehindABalancerAlsoWhenANodeIsKilled() throws Exception {
    try (PrivateRedis redis = new PrivateRedis()) {
      nodes.start(2, redis.uri());
      try (Balancer balancer = Balancer.start(nodes.all());
          Client ann = nodes.client(1, AS_ANN);
          Client bob = nodes.client(2, AS_BOB)) {
        ann.send(GET_USERS);
        assertThat(ann.next()).contains(ANN);
        bob.send(GET_USERS);
        assertThat(bob.next()).contains(BOB);
        awaitUsers(balancer, listOf(JOHN, ANN, BOB));
        assertThat(balancer.sessions()).hasSize(2).allMatch(sessions -> sessions >= 3);
        ann.send(BROADCAST).expect(listOf(JOHN, ANN, BOB));
        bob.expect(listOf(JOHN, ANN, BOB));

        long killed = System.nanoTime();
        nodes.node(2).kill();
        awaitUsers(balancer, listOf(JOHN, ANN));
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(OF_A_CRASH);
        ann.send(GET_USERS).expect(listOf(JOHN, ANN));
      }
    }
  }

  /** Until so many answers in a row are this one that each node has given some. */
  private static void awaitUsers(Balancer balancer, String users) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> {
              List<String> answers = new ArrayList<>();
              for (int i = 0; i < 6; i++) {
                answers.add(TutorialNodes.users(balancer.url()));
              }
              assertThat(answers).containsOnly(users);
            });
  }

  @Test
  void overRabbitMqItWorksBetweenOwnNodes() {
    try (Vhost vhost = new RabbitAdmin().createVhost()) {
      nodes.start(2, vhost.uri(), "--set", "tutorial.broadcast_to=others");
      try (Client ann = nodes.client(1, AS_ANN);
          Client silent = nodes.client(2, "")) {
        ann.send(GET_USERS).expect(listOf(JOHN, ANN));
        await()
            .atMost(Patience.LIMIT)
            .until(() -> TutorialNodes.users(nodes.node(2).url()).equals(listOf(JOHN, ANN)));
        silent.send(GET_USERS).expect(listOf(JOHN, ANN));

        ann.send(BROADCAST);
        silent.expect(listOf(JOHN, ANN));
        silent.send(BROADCAST);
        // The sender's own broadcast would have come before the answer to its next request.
        ann.expect(listOf(JOHN, ANN)).send("{}").skipTo(error("The message has no known type"));
        assertThat(ann.poll()).isEmpty();
      }
    }
  }

  @Test
  void oneNodeAloneNeedsNoBrokerAndWithoutTheSettingNothingIsThere() {
    try (Node on = Node.launch(Map.of(), on());
        Node off = Node.launch(Map.of(), List.of("--port", "0"))) {
      URI url = on.awaitReady().url();
      assertThat(Http.get(url, "/users")).isEqualTo(new Http.Reply(200, listOf(JOHN)));
      assertThat(Http.get(url, "/tutorial").status()).isEqualTo(426);
      assertThat(Http.refusedUpgrade(url.resolve("/tutorial?id=x")).status()).isEqualTo(400);
      try (Client one = TutorialNodes.client(url, "");
          Client two = TutorialNodes.client(url, "")) {
        two.send(GET_USERS).expect(listOf(JOHN));
        one.send(BROADCAST).expect(listOf(JOHN));
        two.expect(listOf(JOHN));
      }

      URI other = off.awaitReady().url();
      assertThat(Http.get(other, "/users").status()).isEqualTo(404);
    }
  }

  private static List<String> on() {
    List<String> flags = new ArrayList<>(List.of("--port", "0"));
    flags.addAll(TutorialNodes.ON);
    return flags;
  }
}
