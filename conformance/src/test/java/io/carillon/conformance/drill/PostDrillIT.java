package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.drill.Journal.Fate;
import io.carillon.conformance.load.ReportedGap;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.proxy.Balancer;
import io.carillon.conformance.pusher.PusherApp;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Backends publish by POST through the balancer that docs/deploy.md sets up, while a node or
 * RabbitMQ is hurt. A request is heard once at most, and never when its answer says that it was not
 * sent; an answer that says that it was sent is true.
 */
@Isolated("load, and a node that leaves in time")
@Tag("matrix")
class PostDrillIT {

  private static final String CONFIGURATION =
      PusherApp.CONFIGURATION
          + """
          topics:
            app: "%s"
            publish_keys: [%s]
          drain:
            announce: 2s
            window: 0s
          """
              .formatted(PusherApp.ID, PostTraffic.KEY);

  /** How many requests of each backend are accepted in a moment of peace. */
  private static final int A_WHILE = 20;

  private static Path configuration;
  private static PrivateRabbitMq rabbit;
  private static final List<Node> nodes = new ArrayList<>();
  private static Balancer balancer;

  private final Journal journal = new Journal();

  @BeforeAll
  static void start() throws IOException {
    configuration = Files.createTempFile("carillon-posts", ".yaml");
    Files.writeString(configuration, CONFIGURATION);
    rabbit = new PrivateRabbitMq();
    nodes.addAll(List.of(launch(1, Ports.free()), launch(2, Ports.free())));
    nodes.forEach(Node::awaitReady);
    balancer = Balancer.start(nodes);
  }

  @AfterAll
  static void stop() throws IOException {
    balancer.close();
    nodes.forEach(Node::close);
    rabbit.close();
    Files.delete(configuration);
  }

  private static Node launch(int number, int port) {
    return Node.launch(
        Map.of("RABBITMQ_URL", rabbit.uri() + "?heartbeat=" + Drill.HEARTBEAT_SECONDS),
        "--config",
        configuration.toString(),
        "--node-id",
        "n" + number,
        "--port",
        "" + port);
  }

  @BeforeEach
  void requireBothNodes() {
    if (!nodes.getFirst().isAlive()) {
      replaceFirst();
    }
  }

  /** The first one comes again where it was. */
  private static void replaceFirst() {
    Node gone = nodes.getFirst();
    gone.exitCode();
    gone.close();
    nodes.set(0, launch(1, gone.url().getPort()).awaitReady());
  }

  private static Node staying() {
    return nodes.getLast();
  }

  /** What its requests say waits in RabbitMQ's sockets when it is killed, and is sent then. */
  @Test
  void aNodeIsKilledWithRequestsUnderWay() throws Exception {
    try (PostListeners listeners = new PostListeners(journal).on(staying());
        PostTraffic traffic = new PostTraffic(balancer.port(), journal).start();
        Newcomers newcomers = new Newcomers(balancer.port())) {
      traffic.awaitAccepted(A_WHILE);
      newcomers.awaitWelcome(A_WHILE);
      rabbit.suspend();
      try {
        traffic.awaitStandstill();
        nodes.getFirst().kill();
        newcomers.awaitWelcome(A_WHILE);
      } finally {
        rabbit.resume();
      }
      traffic.awaitAccepted(A_WHILE);
      replaceFirst();
      traffic.awaitAccepted(A_WHILE);
      traffic.stop();
      listeners.awaitAll();
      requireClosed("a node is killed");
      assertThat(journal.count(Fate.UNKNOWN)).isPositive();
      assertThat(journal.count(Fate.REFUSED)).isZero();
      assertThat(newcomers.refusals()).isEmpty();
    }
  }

  @Test
  void aNodeLeaves() throws Exception {
    try (PostListeners listeners = new PostListeners(journal).on(staying());
        PostTraffic traffic = new PostTraffic(balancer.port(), journal).start();
        Newcomers newcomers = new Newcomers(balancer.port())) {
      traffic.awaitAccepted(A_WHILE);
      nodes.getFirst().terminate();
      replaceFirst();
      traffic.awaitAccepted(A_WHILE);
      traffic.stop();
      listeners.awaitAll();
      requireClosed("a node leaves");
      assertThat(journal.count(Fate.UNKNOWN)).isZero();
      assertThat(journal.count(Fate.REFUSED)).isZero();
      assertThat(newcomers.refusals()).isEmpty();
    }
  }

  @Test
  void rabbitMqIsShortOfMemory() throws Exception {
    try (PostListeners listeners = listenersOnBoth();
        PostTraffic traffic = new PostTraffic(balancer.port(), journal).start()) {
      traffic.awaitAccepted(A_WHILE);
      rabbit.memoryAlarm(true);
      try {
        awaitRefusals();
      } finally {
        rabbit.memoryAlarm(false);
      }
      traffic.awaitAccepted(A_WHILE);
      traffic.stop();
      listeners.awaitAll();
      requireClosed("RabbitMQ is short of memory");
      assertThat(journal.count(Fate.UNKNOWN)).isPositive();
    }
  }

  @Test
  void theNodesLoseTheirConnections() throws Exception {
    loseTheBus("connections are closed", () -> rabbit.control("close_all_connections", "drill"));
  }

  @Test
  void rabbitMqIsKilledAndStartedAgain() throws Exception {
    loseTheBus(
        "RabbitMQ is killed",
        () -> {
          rabbit.kill();
          awaitRefusals();
          rabbit.start();
        });
  }

  private void loseTheBus(String name, Drill.Fault fault) throws Exception {
    List<Integer> before = nodes.stream().map(node -> node.log().size()).toList();
    try (PostListeners listeners = listenersOnBoth();
        PostTraffic traffic = new PostTraffic(balancer.port(), journal).start()) {
      traffic.awaitAccepted(A_WHILE);
      fault.strike();
      for (int i = 0; i < nodes.size(); i++) {
        awaitBack(nodes.get(i), before.get(i));
      }
      long back = journal.now();
      traffic.awaitAccepted(A_WHILE);
      traffic.stop();
      listeners.awaitAllSince(gaps(before).isEmpty() ? 0 : back);
      requireClosed(name);
    }
  }

  private static void awaitBack(Node node, int from) {
    await()
        .atMost(Patience.LIMIT)
        .until(
            () ->
                node.log().stream()
                    .skip(from)
                    .anyMatch(line -> line.contains("RabbitMQ is back after")));
  }

  private static List<ReportedGap> gaps(List<Integer> before) {
    List<ReportedGap> gaps = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      List<String> log = nodes.get(i).log();
      gaps.addAll(ReportedGap.among(log.subList(before.get(i), log.size())));
    }
    return gaps;
  }

  private PostListeners listenersOnBoth() {
    return new PostListeners(journal).on(nodes.getFirst()).on(nodes.getLast());
  }

  private void awaitRefusals() {
    await().atMost(Patience.LIMIT).until(() -> journal.count(Fate.REFUSED) >= A_WHILE);
  }

  /** Nothing was heard twice or against its answer, and every request had an answer. */
  private void requireClosed(String name) {
    System.out.printf(
        "%n%s: %d accepted, %d refused, %d unknown (%d of these heard)%n",
        name,
        journal.count(Fate.ACCEPTED),
        journal.count(Fate.REFUSED),
        journal.count(Fate.UNKNOWN),
        journal.unknownButHeard());
    assertThat(journal.wrongs()).isEmpty();
  }
}
