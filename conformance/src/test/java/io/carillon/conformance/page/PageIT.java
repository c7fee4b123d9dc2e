package io.carillon.conformance.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import io.carillon.conformance.client.Jwt;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at / in a real browser: two clients on two nodes. */
@ResourceLock(Browser.LOCK)
class PageIT {

  private static final String SECRET = "a secret that is long enough for HS256";

  @RegisterExtension static final Cluster cluster = Cluster.of(2);
  @RegisterExtension static final Browser browser = new Browser();

  private final TwoNodePage page = new TwoNodePage(cluster, browser);

  @Test
  void oneClickOnEachSideAndAMessageCrosses() {
    Tab tab = page.openJoined();

    tab.pane(1)
        .awaitLine("Joined as Alice")
        .awaitLine("Connected to " + page.url(1))
        .awaitLine("Use the topic controls to subscribe or unsubscribe from rooms.")
        .awaitLine("Welcome, Alice!")
        .say("lobby", "Hello")
        .awaitLine("[lobby] Alice: Hello", PagePane.BACK);
    tab.pane(2).awaitLine("[lobby] Alice: Hello", PagePane.from("n1"));

    tab.awaitTrue(
        "/^“Hello” went from n1 to n2 in [0-9.]+ ms$/"
            + ".test(document.querySelector('.told').textContent)");
    assertThat(tab.pane(1).value("message")).isEmpty();
    tab.assertNoComplaints();
  }

  @Test
  void unsubscribeStopsWhatIsHeardAndListSaysWhatIsLeft() {
    Tab tab = page.openJoined();
    PagePane alice = tab.pane(1).subscribe("sports");
    PagePane bob = tab.pane(2).subscribe("sports").awaitJoined("lobby", "sports");

    alice.say("sports", "one");
    bob.awaitLine("[sports] Alice: one", PagePane.from("n1"));
    bob.click("list").awaitLine("System: Current subscriptions: lobby, sports");
    bob.click("unsubscribe")
        .awaitLine("System: Unsubscribed from \"sports\".")
        .awaitJoined("lobby");
    alice.say("sports", "two").awaitLine("[sports] Alice: two", PagePane.BACK);
    alice.say("lobby", "three");
    bob.awaitLine("[lobby] Alice: three", PagePane.from("n1"));

    assertThat(bob.lines()).doesNotContain("[sports] Alice: two");
    tab.assertNoComplaints();
  }

  @Test
  void twoTabsOnTwoNodesHearEachOther() {
    PagePane alice = browser.open(page.plainUrl(1)).pane(1).click("enter").awaitNode("n1");
    PagePane bob = browser.open(page.plainUrl(2)).pane(1);
    bob.join(page.url(2), "Bob").awaitNode("n2");
    alice.awaitJoined("lobby").say("lobby", "one").awaitLine("[lobby] Alice: one", PagePane.BACK);
    bob.awaitLine("[lobby] Alice: one");

    bob.click("unsubscribe").awaitLine("System: Unsubscribed from \"lobby\".");
    alice.say("lobby", "two").awaitLine("[lobby] Alice: two", PagePane.BACK);
    bob.subscribe("lobby");
    alice.say("lobby", "three");
    bob.awaitLine("[lobby] Alice: three");

    assertThat(bob.lines()).doesNotContain("[lobby] Alice: two");
  }

  @Test
  void saysPlainlyWhatIsMissing() throws IOException {
    Tab tab = page.open();
    PagePane pane = tab.pane(1);
    assertThat(List.of("topic", "subscribe", "unsubscribe", "list", "message", "send"))
        .allMatch(pane::isDisabled);

    pane.fill("name", " ").click("enter").awaitLine("Enter your name before joining.");
    pane.fill("name", "Eve").fill("url", "http://127.0.0.1/").click("enter");
    pane.awaitLine("Enter a valid WebSocket URL before joining.").awaitState("off");
    pane.fill("url", "ws://127.0.0.1:" + Ports.free()).click("enter");
    pane.awaitLine("Unable to connect to the server.").awaitState("off");

    pane.join(page.url(1), "Eve");
    assertThat(List.of("url", "name")).allMatch(pane::isDisabled);
    pane.say(" ", "text").awaitLine("Enter a topic before sending a message.");
    pane.say("lobby", " ").awaitLine("System: Message text cannot be empty.");
    pane.say("news", "x").awaitLine("System: Subscribe to \"news\" before publishing to it.");
    pane.fill("topic", "").click("subscribe").awaitLine("System: Topic name is required.");
    pane.click("enter").awaitLine("Disconnected from server").awaitState("off");
    assertThat(pane.isDisabled("url")).isFalse();
    assertThat(tab.complaints()).allMatch(it -> it.contains("ERR_CONNECTION_REFUSED"));
  }

  @Test
  void remembersTheServerAndAddsTheScheme() {
    String plain = page.plainUrl(1);
    Tab tab = browser.open(plain);
    assertThat(tab.pane(1).value("url")).isEqualTo(page.url(1));

    tab.pane(2).join(cluster.node(2).url().getAuthority() + "/", "Bob").awaitNode("n2");
    assertThat(tab.pane(2).value("url")).isEqualTo(page.url(2));
    tab.go(plain + "?");

    assertThat(tab.pane(2).value("url")).isEqualTo(page.url(2));
    tab.pane(2).awaitState("off");
    tab.assertNoComplaints();
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "http://127.0.0.1:1", "ws://a:b@127.0.0.1:1"})
  void takesNoOtherUrlsFromItsAddress(String wish) {
    Tab tab = browser.open(page.plainUrl(1) + "?nodes=" + wish);

    tab.pane(1).awaitLine("Not used, since it is no ws:// or wss:// URL: " + wish);
    tab.pane(1).awaitState("off");
    assertThat(tab.pane(1).value("url")).isEqualTo(page.url(1));
  }

  @Test
  void whatPeopleWriteStaysText() {
    Tab tab = page.open();
    String name = "<b>Eve</b>";
    String evil = "<img src=x onerror=\"window.hit = 1\"><script>window.hit = 1</script>";
    tab.pane(1).join(page.url(1), name).subscribe(evil).say(evil, evil);
    tab.pane(2).join(page.url(2), "Bob").subscribe(evil);
    tab.pane(1).say(evil, evil);

    tab.pane(2).awaitLine("[%s] %s: %s".formatted(evil, name, evil), PagePane.from("n1"));
    assertThat(tab.evaluate("document.querySelectorAll('main img, main b, main script').length"))
        .isEqualTo(0L);
    assertThat(tab.evaluate("'hit' in window")).isEqualTo(false);
    tab.assertNoComplaints();
  }

  @Test
  void takesATokenAndKeepsItToItself() {
    Map<String, String> secret = Map.of("CARILLON_TOPICS_AUTH_HS256_SECRET", SECRET);
    String claims = Jwt.claims("Ann", Duration.ofHours(1), List.of("*"), List.of("*"));
    String token = Jwt.hs256(claims, SECRET);
    try (Node node = Node.launch(secret, "--port", "0").awaitReady()) {
      String plain = TwoNodePage.plainUrl(node.url());
      Tab tab = browser.open(plain);
      PagePane pane = tab.pane(1).fill("name", "Eve").click("enter");
      pane.awaitLine("Unable to connect to the server.");
      pane.awaitLine(
          "A node is there, and has refused. Where it asks for tokens, add ?token=... to the URL.");

      pane.join(node.url() + "/?token=" + token, "Eve");
      pane.awaitLine("Connected to " + node.url() + "?token=…").awaitLine("Welcome, Ann!");
      pane.say("lobby", "hello").awaitLine("[lobby] Ann: hello", PagePane.BACK);

      assertThat(pane.lines()).noneMatch(line -> line.contains(token));
      tab.go(plain + "?");
      assertThat(pane.value("url")).isEqualTo(node.url().toString());
    }
  }

  @Test
  void aNodeThatServesNoPageIsStillOneForClients() {
    try (Node node =
        Node.launch(Map.of("CARILLON_PAGE_ENABLED", "false"), "--port", "0").awaitReady()) {
      try (RawClient raw = RawClient.dial(node.url()).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
        assertThat(raw.readHead()).startsWith("HTTP/1.1 426 ");
      }
      PagePane pane = page.open().pane(1).join(node.url().toString(), "Alice");
      assertThat(pane.textOf("node")).isEqualTo(node.url().getAuthority());
    }
  }

  @Test
  void thePolicyStopsWhatWouldGetPastThat() {
    Tab tab = page.open();

    tab.evaluate(
        "document.addEventListener('securitypolicyviolation', e => window.stopped ="
            + " e.effectiveDirective);"
            + " document.body.append(Object.assign(document.createElement('script'),"
            + " { textContent: 'window.hit = 1' }))");

    tab.awaitTrue("window.stopped === 'script-src-elem'");
    assertThat(tab.evaluate("'hit' in window")).isEqualTo(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"another port", "file"})
  void worksWhereNoNodeServesIt(String where, @TempDir Path files) throws IOException {
    CommandResult.succeed(Project.root() + "/tools/page", files.toString());
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), files, OutputLevel.NONE);
    server.start();
    try {
      String address =
          where.equals("file")
              ? files.resolve("index.html").toUri().toString()
              : "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      Tab tab = browser.open(address);
      assertThat(tab.pane(1).value("url")).isEqualTo("ws://localhost:8080");

      tab.pane(1).join(cluster.node(1).url().getAuthority(), "Alice").awaitNode("n1");
      tab.pane(2).join(page.url(2), "Bob").awaitNode("n2");
      tab.pane(1).say("lobby", "Hello");

      tab.pane(2).awaitLine("[lobby] Alice: Hello", PagePane.from("n1"));
      tab.assertNoComplaints();
    } finally {
      server.stop(0);
    }
  }
}
