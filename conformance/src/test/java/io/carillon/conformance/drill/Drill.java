package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.load.Ledger;
import io.carillon.conformance.load.Load;
import io.carillon.conformance.load.Message;
import io.carillon.conformance.load.ReportedGap;
import io.carillon.conformance.load.Sums;
import io.carillon.conformance.load.Window;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Nodes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Load on some nodes, one fault after the other, and the sums behind them:
 *
 * <pre>
 * try (Drill drill = new Drill("a name", nodes, Load.Size.USUAL)) {
 *   drill.begin();
 *   drill.hurt(rabbit::stop);
 *   drill.awaitAway(1);
 *   rabbit.start();
 *   drill.awaitBack(1);
 *   drill.end();
 * }
 * </pre>
 *
 * A fault lasts from {@link #hurt} until every node is ready again, in {@link #awaitBack}. Only
 * what was sent in this time may be in a gap, and no gap may be much longer.
 */
final class Drill implements AutoCloseable {

  /** The reason of a gap that a node reports for another one begins so. */
  private static final String OF_ANOTHER_NODE = "messages of node ";

  /** What the nodes' URI must say, so that the bounds below hold. */
  static final int HEARTBEAT_SECONDS = 4;

  /** A message that was sent a moment before a fault may be among those that the fault destroys. */
  private static final Duration BEFORE = Duration.ofSeconds(2);

  private static final Duration AFTER = Duration.ofSeconds(1);

  /**
   * A gap begins 15 s before the node sent the last probe that it heard, at most two rounds of 2 s
   * ago. In an overflow it begins half a minute before the oldest message that was dropped. Both
   * stand for publications that wait in another node, and for clocks that differ.
   */
  private static final Duration GAP_BEFORE = Duration.ofSeconds(15 + 2 * 2 + HEARTBEAT_SECONDS);

  private static final Duration OVERFLOW_BEFORE = Duration.ofSeconds(32);

  /** An echo is back in milliseconds; this many of each publisher are a moment of peace. */
  private static final int A_WHILE = 20;

  private final String name;
  private final Nodes nodes;
  private final Load load;

  /** How long each node's log was when the drill began, and when the latest fault did. */
  private final Map<Integer, Integer> begun;

  private Map<Integer, Integer> struck = Map.of();
  private final List<Window> faults = new ArrayList<>();
  private Instant hurt = Instant.MAX;

  /** Something that goes wrong. */
  interface Fault {
    void strike() throws Exception;
  }

  Drill(String name, Nodes nodes, Load.Size size) {
    this.name = name;
    this.nodes = nodes;
    this.load = new Load(size);
    this.begun = lengthsOfLogs();
  }

  private Map<Integer, Integer> lengthsOfLogs() {
    return nodes.all().stream()
        .collect(Collectors.toMap(number -> number, number -> nodes.node(number).log().size()));
  }

  private List<String> logOf(int number, Map<Integer, Integer> since) {
    List<String> log = nodes.node(number).log();
    return log.subList(since.getOrDefault(number, 0), log.size());
  }

  Load load() {
    return load;
  }

  /** Fills all nodes with clients, and lets them talk for a while. */
  Drill begin() {
    nodes.alive().forEach(this::populate);
    load.awaitEchoes(A_WHILE);
    return this;
  }

  /** Fills a node with clients. */
  void populate(int number) {
    load.populate(number, nodes.node(number).url());
  }

  /** Waits until the publishers of a node have heard so many more messages. */
  void awaitHeard(int number, int more) {
    int wanted = load.heard(number) + more;
    await().atMost(Patience.LIMIT).until(() -> load.heard(number) >= wanted);
  }

  void hurt(Fault fault) throws Exception {
    struck = lengthsOfLogs();
    hurt = Instant.now();
    fault.strike();
  }

  /** Waits until a node has noticed, and checks its answers to balancers and new clients. */
  void awaitAway(int... numbers) {
    for (int number : numbers) {
      URI url = nodes.node(number).url();
      await().atMost(Patience.LIMIT).until(() -> Http.get(url, "/ready").status() == 404);
      Http.Reply up = Http.get(url, "/up");
      assertThat(up.status()).isEqualTo(200);
      assertThat(up.body()).contains("degraded");
      Http.Refusal refusal = Http.refusedUpgrade(url);
      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.retryAfter()).isPresent();
    }
  }

  /** Waits until nodes are ready again and have said how long the broker was away. */
  void awaitBack(int... numbers) {
    for (int number : numbers) {
      awaitLog(number, " is back after \\d+ ms");
      URI url = nodes.node(number).url();
      await().atMost(Patience.LIMIT).until(() -> Http.get(url, "/ready").status() == 200);
    }
    over();
  }

  /** Waits for a line that a node logs since the latest fault. */
  void awaitLog(int number, String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    await()
        .atMost(Patience.LIMIT)
        .until(() -> logOf(number).stream().anyMatch(line -> wanted.matcher(line).find()));
  }

  /** Waits until every publisher's messages arrive again. */
  void awaitPeace() {
    load.awaitEchoes(A_WHILE);
    over();
  }

  /** The fault is over. */
  void over() {
    faults.add(new Window(hurt, Instant.now()).widened(BEFORE, AFTER));
  }

  /** How long it took from the fault until a node said so. */
  Duration noticed(int number) {
    Instant since = hurt;
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Patience.LIMIT)
        .until(() -> Http.get(nodes.node(number).url(), "/ready").status() == 404);
    return Duration.between(since, Instant.now());
  }

  /** What a node has logged since the latest fault. */
  List<String> logOf(int number) {
    return logOf(number, struck);
  }

  /**
   * The gaps of its own that a node has reported since the drill began. A gap of another node,
   * which it has noticed by that node's heartbeats, excuses no loss here.
   */
  List<ReportedGap> gaps(int number) {
    return ReportedGap.among(logOf(number, begun)).stream()
        .filter(gap -> !gap.reason().startsWith(OF_ANOTHER_NODE))
        .toList();
  }

  /** Shows that everything works, closes the sums and prints them. */
  Sums end() {
    load.awaitEchoes(A_WHILE);
    nodes.alive().forEach(this::requireWelcome);
    load.finish();
    Map<Integer, List<ReportedGap>> gaps = new HashMap<>();
    nodes.all().forEach(node -> gaps.put(node, gaps(node)));
    List<Message> messages = load.messages();
    Sums sums = new Ledger(messages, gaps, faults).close(load.accounts());
    System.out.printf("%n%s%n%s", name, sums.table());
    gaps.forEach(
        (node, reported) ->
            reported.forEach(gap -> System.out.printf("node %d: %s%n", node, describe(gap))));
    sums.requireNoOffence();
    gaps.values().forEach(reported -> reported.forEach(this::requireHonest));
    return sums;
  }

  private String describe(ReportedGap gap) {
    Duration length = Duration.between(gap.window().from(), gap.window().to());
    return "gap of %d ms, from %s: %s"
        .formatted(length.toMillis(), gap.window().from(), gap.reason());
  }

  /** A gap that covered everything would excuse everything. */
  private void requireHonest(ReportedGap gap) {
    Duration before = gap.reason().contains("overflowed") ? OVERFLOW_BEFORE : GAP_BEFORE;
    assertThat(faults)
        .as("the fault that this gap is about: %s", describe(gap))
        .anyMatch(fault -> fault.widened(before, AFTER).contains(gap.window()));
  }

  /** A new client subscribes to a new topic, and receives messages of another node. */
  private void requireWelcome(int number) {
    int other = nodes.alive().stream().filter(n -> n != number).findFirst().orElse(number);
    String topic = "news-" + number + "-" + System.nanoTime();
    try (Client here = Client.connect(nodes.node(number).url()).expectGreeting("Anonymous");
        Client there = Client.connect(nodes.node(other).url()).expectGreeting("Anonymous")) {
      here.subscribe(topic);
      there.subscribe(topic).publish(topic, "x").expect("[" + topic + "] Anonymous: x");
      here.expect("[" + topic + "] Anonymous: x");
    }
  }

  @Override
  public void close() {
    load.close();
  }
}
