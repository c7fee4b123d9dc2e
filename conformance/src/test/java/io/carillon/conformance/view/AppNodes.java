package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.metrics.Metrics;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.NodeKind;
import io.carillon.conformance.pusher.AppCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The nodes of one drill, numbered from 1. All have the same app, and room for many members in a
 * channel. They end after the test; a failure shows their output. Any thread reads; the test's
 * thread starts and restarts.
 */
final class AppNodes implements AfterEachCallback {

  private static final String CONFIGURATION =
      """
      presence:
        max_members_per_channel: 1000
      drain:
        announce: 0s
        window: 500ms
      """;

  private static final Duration PACE = Duration.ofMillis(50);

  private final NodeKind kind = AppCluster.node(CONFIGURATION, Metrics.flags());
  private final List<Node> nodes = new CopyOnWriteArrayList<>();

  /** Starts them all at once, over this RabbitMQ, and waits until they are ready. */
  AppNodes start(int count, String uri) {
    for (int number = 1; number <= count; number++) {
      nodes.add(kind.launch(number, uri));
    }
    nodes.forEach(Node::awaitReady);
    return this;
  }

  /** The node with this number. */
  Node node(int number) {
    return nodes.get(number - 1);
  }

  /** Lets a node leave, and puts a new one into its place. */
  void restart(int number, String uri) {
    node(number).stop();
    nodes.set(number - 1, kind.launch(number, uri).awaitReady());
  }

  /** The nodes whose processes run. */
  List<Node> alive() {
    return nodes.stream().filter(Node::isAlive).toList();
  }

  /**
   * Asks nodes in turn, until each answers this.
   *
   * @param sinceNanos when it became so
   * @param limit how long it may take
   * @return how long it took
   */
  Duration awaitAnswers(List<Node> asked, Picture truth, long sinceNanos, Duration limit) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(PACE)
        .atMost(Patience.LIMIT)
        .untilAsserted(() -> requireAnswers(asked, truth));
    Duration taken = Duration.ofNanos(System.nanoTime() - sinceNanos);
    assertThat(taken).isLessThan(limit);
    return taken;
  }

  /** Each of these nodes answers this. */
  void requireAnswers(List<Node> asked, Picture truth) {
    for (Node node : asked) {
      assertThat(Picture.askedOf(node.url())).isEqualTo(truth);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      nodes.forEach(node -> System.out.println("--- node " + node.pid() + "\n" + node.output()));
    }
    nodes.forEach(Node::kill);
    nodes.forEach(Node::close);
    nodes.clear();
  }
}
