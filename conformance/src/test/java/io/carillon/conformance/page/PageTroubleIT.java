package io.carillon.conformance.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.Nodes;
import io.carillon.conformance.rabbitmq.PrivateRabbitMq;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page when a connection is lost, whatever the reason. */
@ResourceLock(Browser.LOCK)
class PageTroubleIT {

  @RegisterExtension static final Cluster cluster = Cluster.of(2);
  @RegisterExtension static final Browser browser = new Browser();

  private final TwoNodePage page = new TwoNodePage(cluster, browser);

  @Test
  @Tag("matrix")
  void goesOnWhenTheBrokerWasStopped() throws Exception {
    try (PrivateRabbitMq rabbit = new PrivateRabbitMq();
        Nodes nodes = Nodes.launch(2, rabbit.uri())) {
      Tab tab = page.open();
      PagePane alice = tab.pane(1).join(nodes.node(1).url().toString(), "Alice");
      PagePane bob = tab.pane(2).join(nodes.node(2).url().toString(), "Bob");

      rabbit.stop();
      nodes.node(1).awaitLog("No connection to");
      alice.say("lobby", "lost").awaitLine("System: Message bus is unavailable.");
      alice
          .fill("topic", "sports")
          .click("subscribe")
          .awaitLine("System: Unable to subscribe to \"sports\" right now.");
      rabbit.start();
      nodes.node(1).awaitLog("RabbitMQ is back");
      nodes.node(2).awaitLog("RabbitMQ is back");
      alice.say("lobby", "again").awaitLine("[lobby] Alice: again", PagePane.BACK);

      bob.awaitLine("[lobby] Alice: again", PagePane.from("n1"));
      assertThat(bob.lines()).doesNotContain("[lobby] Alice: lost");
      alice.awaitState("on");
      tab.assertNoComplaints();
    }
  }

  @Test
  void triesAtOnceWhenAskedTo() {
    String port = Integer.toString(Ports.free());
    try (Node node = Node.launch(Map.of(), "--port", port).awaitReady()) {
      Tab tab = page.open();
      PagePane pane = tab.pane(1).join(node.url().toString(), "Alice");
      tab.evaluate("window.setTimeout = () => 0"); // So that it never reconnects by itself.
      node.kill();
      node.exitCode();
      pane.awaitState("waiting");
      try (Node back = Node.launch(Map.of(), "--port", port).awaitReady()) {
        pane.click("retry").awaitJoined("lobby");
        assertThat(back.url()).isEqualTo(node.url());
      }
    }
  }

  @Test
  void comesBackWithItsTopicsWhenItsNodeIsKilled() {
    String broker = cluster.vhost().uri();
    String port = Integer.toString(Ports.free());
    Node node = Node.launch(Map.of("RABBITMQ_URL", broker), "--port", port, "--node-id", "n4");
    String address = node.awaitReady().url().toString();
    Tab tab = page.open();
    PagePane alice = tab.pane(1).join(address, "Alice").subscribe("sports");
    alice.fill("topic", "lobby").click("unsubscribe").awaitJoined("sports");
    PagePane bob = tab.pane(2).join(page.url(2), "Bob").subscribe("sports");

    node.kill();
    node.exitCode();
    alice.awaitState("waiting").awaitText("countdown", "^ in \\d+ s$");
    assertThat(alice.isDisabled("send")).isTrue();
    alice.awaitLine("Disconnected from server (1006: the connection broke)");
    try (Node back =
        Node.launch(Map.of("RABBITMQ_URL", broker), "--port", port, "--node-id", "n5")) {
      back.awaitReady();
      alice.awaitJoined("sports").awaitNode("n5");

      bob.say("sports", "welcome back");
      alice.awaitLine("[sports] Bob: welcome back", PagePane.from("n2"));
      assertThat(tab.complaints()).allMatch(it -> it.contains("WebSocket connection to"));
    }
    node.close();
  }

  @Test
  void goesToAnotherNodeWhenItKnowsOne() {
    Node node =
        Node.launch(
            Map.of("RABBITMQ_URL", cluster.vhost().uri()), "--port", "0", "--node-id", "n6");
    String leaving = node.awaitReady().url().toString();
    Tab tab = page.open();
    PagePane alice = tab.pane(1).join(leaving + ", " + page.url(1), "Alice").awaitNode("n6");
    PagePane bob = tab.pane(2).join(page.url(2), "Bob").subscribe("sports");
    alice.subscribe("sports");

    node.stop();
    alice.awaitLine("Disconnected from server (1012: the node is going down)");
    alice.awaitNode("n1").awaitJoined("lobby", "sports");

    alice.say("sports", "from elsewhere");
    bob.awaitLine("[sports] Alice: from elsewhere", PagePane.from("n1"));
    tab.assertNoComplaints();
  }
}
