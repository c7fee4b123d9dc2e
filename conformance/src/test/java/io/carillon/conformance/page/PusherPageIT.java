package io.carillon.conformance.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's Pusher tab in a real browser, with the pusher-js that comes along. */
@ResourceLock(Browser.LOCK)
class PusherPageIT {

  private static final int PHONE = 375;

  @RegisterExtension
  static final Cluster cluster = Cluster.of(PusherPage.node(), PusherPage.node());

  @RegisterExtension static final Browser browser = new Browser();

  private final PusherPage page = new PusherPage(new TwoNodePage(cluster, browser));

  @Test
  void clientEventsCrossFromNodeToNode() {
    Tab tab = page.open();
    PagePane alice = PusherPage.join(tab, 1).awaitNode("n1").awaitState("on");
    PagePane bob = PusherPage.join(tab, 2).awaitNode("n2").awaitState("on");

    alice.fill("message", "Hello").click("send").awaitLine("Sent client-say {\"text\":\"Hello\"}");
    bob.awaitLine(event("client-say", "{\"text\":\"Hello\"}", "Alice"), PagePane.from("n1"));
    bob.click("wave");
    alice.awaitLine(event("client-wave", "{\"hand\":\"right\"}", "Bob"), PagePane.from("n2"));

    assertThat(alice.value("message")).isEmpty();
    assertThat(alice.lines()).noneMatch(line -> line.contains("\"user_id\":\"Alice\""));
    tab.assertNoComplaints();
  }

  private static String event(String name, String data, String from) {
    return "{\"event\":\"%s\",\"channel\":\"presence-page-demo\",\"data\":%s,\"user_id\":\"%s\"}"
        .formatted(name, data, from);
  }

  @Test
  void membersComeAndGo() {
    Tab tab = page.openOnOneNode();
    PagePane alice = PusherPage.join(tab, 1);
    PusherPage.awaitMembers(tab, 1, "Alice");
    PagePane bob = PusherPage.join(tab, 2);
    PusherPage.awaitMembers(tab, 1, "Alice", "Bob");
    PusherPage.awaitMembers(tab, 2, "Alice", "Bob");
    tab.awaitTrue(PusherPage.part(1, "missing") + ".hidden");

    bob.click("enter").awaitState("off").awaitLine("Disconnected from server");

    PusherPage.awaitMembers(tab, 1, "Alice");
    PusherPage.awaitMembers(tab, 2);
    assertThat(alice.lines())
        .anyMatch(line -> line.contains("member_added") && line.contains("Bob"))
        .anyMatch(line -> line.contains("member_removed") && line.contains("Bob"));
    tab.assertNoComplaints();
  }

  @Test
  void theListHasTheMembersOfBothNodes() {
    Tab tab = page.open();
    PusherPage.join(tab, 1).awaitNode("n1");
    PusherPage.join(tab, 2).awaitNode("n2");

    tab.awaitTrue(
        """
        (list, note) => list.textContent.includes('Bob') && note.hidden\
        """
            .transform(
                check ->
                    "(%s)(%s, %s)"
                        .formatted(
                            check, PusherPage.part(1, "members"), PusherPage.part(1, "missing"))));
  }

  @Test
  void asksNobodyButTheTwoNodesAndTheSecretStaysThere() {
    Tab tab = page.open();
    assertThat(tab.requests()).noneMatch(it -> it.getScheme().equals("ws"));
    PusherPage.join(tab, 1).awaitNode("n1");
    PusherPage.join(tab, 2).awaitNode("n2");

    List<String> nodes = cluster.nodes().stream().map(node -> node.url().getAuthority()).toList();
    assertThat(tab.requests())
        .hasSizeGreaterThan(10)
        .anyMatch(it -> it.getPath().equals("/pusher-8.6.0.min.js"))
        .anyMatch(it -> it.getScheme().equals("ws") && nodes.getLast().equals(it.getAuthority()))
        .extracting(URI::getAuthority)
        .isSubsetOf(nodes);
    assertThat(String.valueOf(tab.evaluate("document.documentElement.outerHTML")))
        .contains("demo-key")
        .doesNotContain(PusherPage.SECRET);
  }

  @Test
  void saysPlainlyWhatIsMissing() {
    Tab tab = page.open();
    PagePane pane = PusherPage.pane(tab, 1);
    assertThat(List.of("message", "send", "wave")).allMatch(pane::isDisabled);

    pane.fill("name", " ").click("enter").awaitLine("Enter your name before joining.");
    pane.fill("name", "Eve").fill("url", "http://127.0.0.1/").click("enter");
    pane.awaitLine("Enter a valid WebSocket URL before joining.").awaitState("off");
    tab.assertNoComplaints();
  }

  @Test
  void fitsOnAPhone() {
    Tab tab = page.open().size(PHONE, 812);
    String name = "Maximiliane-".repeat(5);
    PusherPage.pane(tab, 1).fill("name", name);
    PagePane alice = PusherPage.join(tab, 1);
    PagePane bob = PusherPage.join(tab, 2);
    String text = "word".repeat(100);
    bob.fill("message", text).click("send");
    alice.awaitLine(event("client-say", "{\"text\":\"" + text + "\"}", "Bob"), PagePane.from("n2"));

    tab.assertFits(PHONE);
  }

  @Test
  void isReachedAndUsedByTheKeyboardAlone() {
    Tab tab = page.open();
    tab.evaluate("document.getElementById('tab-topics').click()");
    tab.evaluate("document.getElementById('tab-topics').focus()");
    tab.rightKey();
    tab.awaitTrue("document.activeElement.id === 'tab-pusher'");
    tab.awaitTrue("document.activeElement.getAttribute('aria-selected') === 'true'");
    assertThat(tab.evaluate("document.getElementById('view-topics').checkVisibility()"))
        .isEqualTo(false);

    tab.tabKey().tabKey().enterKey();
    PusherPage.awaitMembers(tab, 1, "Alice");
    tab.awaitTrue("document.activeElement.className === 'message'");
    tab.type("typed").enterKey();
    PusherPage.pane(tab, 1).awaitLine("Sent client-say {\"text\":\"typed\"}");
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 375"})
  void hasNothingThatAxeObjectsTo(String scheme, int width) throws IOException {
    Tab tab = page.open().colors(scheme).size(width, 900);
    Axe axe = Axe.in(tab);
    axe.assertNoViolations("before joining");

    PusherPage.join(tab, 1).click("wave");
    PusherPage.join(tab, 2);
    axe.assertNoViolations("in use");
  }

  @Test
  void aNodeWithoutAnAppForThePageHasNoSuchTabAndSignsNothing() {
    try (Node node = Node.launch(Map.of(), "--port", "0").awaitReady()) {
      Tab tab = browser.open(TwoNodePage.plainUrl(node.url()));
      assertThat(tab.evaluate("document.querySelector('.tabs').checkVisibility()"))
          .isEqualTo(false);

      try (RawClient raw =
          RawClient.dial(node.url())
              .send("POST /page/pusher/auth HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")) {
        assertThat(raw.readHead()).startsWith("HTTP/1.1 404 ");
      }
    }
  }
}
