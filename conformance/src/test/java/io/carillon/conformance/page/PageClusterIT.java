package io.carillon.conformance.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page's map of the cluster in a real browser. */
@ResourceLock(Browser.LOCK)
class PageClusterIT {

  private static final int PHONE = 390;
  private static final String SECTION = "document.querySelector('.cluster')";

  @RegisterExtension
  static final Cluster cluster = Cluster.of(PusherPage.node(), PusherPage.node());

  @RegisterExtension static final Browser browser = new Browser();

  private final TwoNodePage page = new TwoNodePage(cluster, browser);

  private static Node launch(Map<String, String> environment, String label) {
    return Node.launch(environment, "--port", "0", "--node-id", label);
  }

  private static void awaitSaid(Tab tab, String sentence) {
    tab.awaitTrue(SECTION + ".querySelector('.cluster-says').textContent === '" + sentence + "'");
  }

  /** The state of a node in the table and in the drawing. */
  private static void awaitState(Tab tab, String label, String state) {
    tab.awaitTrue(
        """
        [...document.querySelectorAll('.cluster-nodes tbody tr')].some(row =>
          row.querySelector('th').firstChild.textContent === '%1$s'
            && row.querySelector('.cluster-state').textContent === '%2$s')
        && [...document.querySelectorAll('.cluster-node')].some(node =>
          node.textContent === '%1$s' && node.dataset.state === '%2$s')\
        """
            .formatted(label, state));
  }

  private static String textOfRow(Tab tab, int row) {
    return String.valueOf(
        tab.evaluate(
            "document.querySelectorAll('.cluster-nodes tbody tr')[%d].innerText"
                .formatted(row - 1)));
  }

  @Test
  void showsTheNodesAndOneThatIsKilledAsGone() throws IOException {
    String broker = cluster.vhost().uri();
    try (Node third = launch(Map.of("RABBITMQ_URL", broker), "n3").awaitReady()) {
      Tab tab = page.open().colors("light");
      awaitState(tab, "n1", "ready");
      awaitState(tab, "n2", "ready");
      awaitState(tab, "n3", "ready");
      awaitSaid(tab, "3 nodes, as n1 sees it: all ready.");
      assertThat(textOfRow(tab, 1)).startsWith("n1\nthis node\n").contains("heard itself");
      assertThat(tab.evaluate("document.querySelectorAll('.cluster-broker').length")).isEqualTo(1L);

      third.kill();
      third.exitCode();
      awaitState(tab, "n3", "gone");
      awaitSaid(tab, "2 nodes, as n1 sees it: 2 ready, 1 gone.");
      awaitState(tab, "n2", "ready");
      Axe.in(tab).assertNoViolations("with a node that is gone");
      tab.colors("dark").size(PHONE, 844);
      Axe.in(tab).assertNoViolations("on a phone");
      tab.assertFits(PHONE);
      tab.assertNoComplaints();
    }
  }

  @Test
  void showsHowMuchEachNodeHoldsWhereItMay() {
    Tab tab = new PusherPage(page).open();
    tab.awaitTrue(SECTION + ".innerText.includes('nothing that is counted')");
    PusherPage.join(tab, 2);

    tab.awaitTrue(
        "document.querySelectorAll('.cluster-nodes tbody tr')[1].cells[2].textContent"
            + " === '1 channel, 1 subscription, 1 member'");
    assertThat(tab.evaluate(radius(2) + " > " + radius(1))).isEqualTo(true);
    tab.assertNoComplaints();
  }

  private static String radius(int node) {
    return "document.querySelectorAll('.cluster-node circle')[%d].r.baseVal.value"
        .formatted(node - 1);
  }

  @Test
  void aNodeAloneHasNoBroker() throws IOException {
    try (Node alone = launch(Map.of(), "n4").awaitReady()) {
      Tab tab = browser.open(TwoNodePage.plainUrl(alone.url())).size(PHONE, 844);
      awaitSaid(tab, "One node, no broker: every client is here.");
      awaitState(tab, "n4", "ready");
      assertThat(tab.evaluate("document.querySelectorAll('.cluster-broker').length")).isEqualTo(0L);
      assertThat(String.valueOf(tab.evaluate(SECTION + ".innerText")))
          .doesNotContain("subscription", "heard");
      Axe.in(tab).assertNoViolations("alone");
      tab.assertFits(PHONE);
      tab.assertNoComplaints();
    }
  }

  @Test
  void showsNothingAndAsksForNothingWhereItIsTurnedOff() {
    try (Node quiet = launch(Map.of("CARILLON_PAGE_CLUSTER", "none"), "n5").awaitReady()) {
      Tab tab = browser.open(TwoNodePage.plainUrl(quiet.url()));
      tab.pane(1).click("enter").awaitJoined("lobby");
      assertThat(tab.evaluate(SECTION + ".checkVisibility()")).isEqualTo(false);
      assertThat(tab.requests()).noneMatch(it -> it.getPath().equals("/page/nodes"));
      assertThat(tab.evaluate("fetch('/page/nodes').then(reply => reply.status)")).isEqualTo(404L);
    }
  }

  @Test
  void saysThatItsNodeDoesNotAnswerAndGoesOn() {
    try (Node lonely = launch(Map.of(), "n6").awaitReady()) {
      Tab tab = browser.open(TwoNodePage.plainUrl(lonely.url()));
      awaitState(tab, "n6", "ready");
      lonely.suspend();
      awaitSaid(tab, "n6 does not answer; this is what it said last.");
      awaitState(tab, "n6", "ready");
      lonely.resume();
      awaitSaid(tab, "One node, no broker: every client is here.");
    }
  }

  /** The page's timers are caught and never run, so that only a new look asks again. */
  @Test
  void asksNothingWhileNobodySeesThePage() {
    Tab tab = page.open();
    awaitState(tab, "n2", "ready");
    tab.evaluate(
        """
        window.waiting = [];
        window.setTimeout = (task, delay) => waiting.push(delay);
        window.clearTimeout = number => { if (number) { waiting[number - 1] = null; } };
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.unseen });
        window.look = seen => {
          window.unseen = !seen;
          document.dispatchEvent(new Event('visibilitychange'));
        }; undefined\
        """);
    tab.awaitTrue("waiting.includes(2000)");
    long asked = asked(tab);
    tab.evaluate("look(false)");
    assertThat(tab.evaluate("waiting.includes(2000)")).isEqualTo(false);
    assertThat(tab.evaluate("fetch('node').then(reply => reply.ok)")).isEqualTo(true);
    assertThat(asked(tab)).isEqualTo(asked);
    tab.evaluate("look(true)");
    tab.awaitTrue("waiting.includes(2000)");
    assertThat(asked(tab)).isEqualTo(asked + 1);
    tab.assertNoComplaints();
  }

  private static long asked(Tab tab) {
    return tab.requests().stream().filter(it -> it.getPath().equals("/page/nodes")).count();
  }
}
