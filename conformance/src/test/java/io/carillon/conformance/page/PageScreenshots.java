package io.carillon.conformance.page;

import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** The pictures of the page in the documentation; run by {@code make screenshots} alone. */
@Isolated("times are in the pictures")
class PageScreenshots {

  /** A new JVM is slow; the picture should show the latency of a warm node. */
  private static final int WARM_UP = 60;

  @RegisterExtension static final Cluster cluster = Cluster.of(2);
  @RegisterExtension static final Browser browser = new Browser();

  @Test
  void takesThem() throws IOException {
    String first = cluster.node(1).url().toString();
    Tab tab =
        browser
            .open(
                "http://%s/?nodes=%s,%s"
                    .formatted(cluster.node(1).url().getAuthority(), first, cluster.node(2).url()))
            .colors("light")
            .size(1280, 800);
    PagePane alice = tab.pane(1).click("enter").awaitJoined("lobby").awaitNode("n1");
    PagePane bob = tab.pane(2).click("enter").awaitJoined("lobby").awaitNode("n2");
    alice.subscribe("sports");
    bob.subscribe("sports");
    for (int i = 0; i < WARM_UP; i++) {
      alice.say("sports", "warm-up " + i);
      bob.awaitLine("[sports] Alice: warm-up " + i, " ms$");
    }
    tab.evaluate("document.querySelectorAll('.log p.heard').forEach(line => line.remove())");
    say(bob, "Is anybody watching the game?", alice);
    say(alice, "Yes, and what a goal!", bob);
    say(bob, "Tell me more.", alice);
    say(alice, "Two to one, in the last minute.", bob);

    take(tab, "light");
    take(tab.colors("dark"), "dark");
    take(tab.colors("light").size(390, 844), "phone");
  }

  /** Three nodes with clients of their own, and one that was killed. */
  @Test
  void takesTheMapOfTheCluster() throws IOException {
    try (Cluster nodes =
            Cluster.of(PusherPage.node(), PusherPage.node(), PusherPage.node()).start();
        Node killed =
            Node.launch(
                    Map.of("RABBITMQ_URL", nodes.vhost().uri()), "--port", "0", "--node-id", "n4")
                .awaitReady()) {
      PusherPage page = new PusherPage(new TwoNodePage(nodes, browser));
      Tab other = page.open();
      PusherPage.join(other, 1);
      PusherPage.join(other, 2);
      Tab tab = page.openOnOneNode().colors("light").size(1280, 800);
      PusherPage.join(tab, 1);
      killed.kill();
      tab.awaitTrue("document.querySelector('.cluster-says').textContent.includes('1 gone')");
      tab.awaitTrue("document.querySelector('.cluster').innerText.includes('2 subscriptions')");
      int height =
          Math.toIntExact(
              (Long)
                  Objects.requireNonNull(
                      tab.evaluate(
                          "Math.ceil(document.querySelector('.cluster').offsetHeight) + 24")));
      tab.size(1280, height);
      tab.evaluate("document.querySelector('.cluster').scrollIntoView({ block: 'center' })");
      Files.write(Project.root().resolve("docs/images/page-cluster.png"), tab.screenshot());
    }
  }

  private static void say(PagePane from, String text, PagePane to) {
    from.say("sports", text);
    String name = from.number() == 1 ? "Alice" : "Bob";
    to.awaitLine("[sports] " + name + ": " + text, " ms$");
  }

  private static void take(Tab tab, String name) throws IOException {
    tab.evaluate(
        "document.querySelectorAll('.log').forEach(log => log.scrollTop = log.scrollHeight)");
    Files.write(Project.root().resolve("docs/images/page-" + name + ".png"), tab.screenshot());
  }
}
