package io.carillon.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at / in a real browser: two clients on two nodes. */
class PageIT {

  private static final Path FILES =
      Node.root().resolve("server/src/main/resources/io/carillon/server/page").toAbsolutePath();
  private static final Path AXE =
      Node.root().resolve("conformance/axe/node_modules/axe-core/axe.min.js");
  private static final String TOOK = "^from n1 in [0-9.]+ ms$";
  private static final String BACK = "^back in [0-9.]+ ms$";
  private static final int PHONE = 390;

  @RegisterExtension static final Cluster cluster = Cluster.of(2);
  @RegisterExtension static final Browser browser = new Browser();

  private static String url(int node) {
    return cluster.node(node).url().toString();
  }

  private static String http(URI node) {
    return "http://" + node.getAuthority() + "/";
  }

  /** The page as `carillon demo` prints it. */
  private static Tab open() {
    return browser.open(http(cluster.node(1).url()) + "?nodes=" + url(1) + "," + url(2));
  }

  private static Tab openJoined() {
    Tab tab = open();
    tab.pane(1).click("enter").awaitJoined("lobby").awaitNode("n1");
    tab.pane(2).click("enter").awaitJoined("lobby").awaitNode("n2");
    return tab;
  }

  @Test
  void oneClickOnEachSideAndAMessageCrosses() {
    Tab tab = openJoined();

    tab.pane(1)
        .awaitLine("Joined as Alice")
        .awaitLine("Connected to " + url(1))
        .awaitLine("Use the topic controls to subscribe or unsubscribe from rooms.")
        .awaitLine("Welcome, Alice!")
        .say("lobby", "Hello")
        .awaitLine("[lobby] Alice: Hello", BACK);
    tab.pane(2).awaitLine("[lobby] Alice: Hello", TOOK);

    tab.awaitTrue(
        "/^“Hello” went from n1 to n2 in [0-9.]+ ms$/"
            + ".test(document.querySelector('.told').textContent)");
    assertThat(tab.pane(1).value("message")).isEmpty();
    tab.assertNoComplaints();
  }

  @Test
  void unsubscribeStopsWhatIsHeardAndListSaysWhatIsLeft() {
    Tab tab = openJoined();
    PagePane alice = tab.pane(1).subscribe("sports");
    PagePane bob = tab.pane(2).subscribe("sports").awaitJoined("lobby", "sports");

    alice.say("sports", "one");
    bob.awaitLine("[sports] Alice: one", TOOK);
    bob.click("list").awaitLine("System: Current subscriptions: lobby, sports");
    bob.click("unsubscribe")
        .awaitLine("System: Unsubscribed from \"sports\".")
        .awaitJoined("lobby");
    alice.say("sports", "two").awaitLine("[sports] Alice: two", BACK);
    alice.say("lobby", "three");
    bob.awaitLine("[lobby] Alice: three", TOOK);

    assertThat(bob.lines()).doesNotContain("[sports] Alice: two");
    tab.assertNoComplaints();
  }

  @Test
  void saysPlainlyWhatIsMissing() throws IOException {
    Tab tab = open();
    PagePane pane = tab.pane(1);
    assertThat(List.of("topic", "subscribe", "unsubscribe", "list", "message", "send"))
        .allMatch(pane::isDisabled);

    pane.fill("name", " ").click("enter").awaitLine("Enter your name before joining.");
    pane.fill("name", "Eve").fill("url", "http://127.0.0.1/").click("enter");
    pane.awaitLine("Enter a valid WebSocket URL before joining.").awaitState("off");
    pane.fill("url", "ws://127.0.0.1:" + closedPort()).click("enter");
    pane.awaitLine("Unable to connect to the server.").awaitState("off");

    pane.join(url(1), "Eve");
    assertThat(List.of("url", "name")).allMatch(pane::isDisabled);
    pane.say(" ", "text").awaitLine("Enter a topic before sending a message.");
    pane.say("lobby", " ").awaitLine("System: Message text cannot be empty.");
    pane.say("news", "x").awaitLine("System: Subscribe to \"news\" before publishing to it.");
    pane.fill("topic", "").click("subscribe").awaitLine("System: Topic name is required.");
    pane.click("enter").awaitLine("Disconnected from server").awaitState("off");
    assertThat(pane.isDisabled("url")).isFalse();
    assertThat(tab.complaints()).allMatch(it -> it.contains("ERR_CONNECTION_REFUSED"));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void remembersTheServerAndAddsTheScheme() {
    String page = http(cluster.node(1).url());
    Tab tab = browser.open(page);
    assertThat(tab.pane(1).value("url")).isEqualTo(url(1));

    tab.pane(2).join(cluster.node(2).url().getAuthority() + "/", "Bob").awaitNode("n2");
    assertThat(tab.pane(2).value("url")).isEqualTo(url(2));
    tab.go(page + "?");

    assertThat(tab.pane(2).value("url")).isEqualTo(url(2));
    tab.pane(2).awaitState("off");
    tab.assertNoComplaints();
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "http://127.0.0.1:1", "ws://a:b@127.0.0.1:1"})
  void takesNoOtherUrlsFromItsAddress(String wish) {
    Tab tab = browser.open(http(cluster.node(1).url()) + "?nodes=" + wish);

    tab.pane(1).awaitLine("Not used, since it is no ws:// or wss:// URL: " + wish);
    tab.pane(1).awaitState("off");
    assertThat(tab.pane(1).value("url")).isEqualTo(url(1));
  }

  @Test
  void whatPeopleWriteStaysText() {
    Tab tab = open();
    String name = "<b>Eve</b>";
    String evil = "<img src=x onerror=\"window.hit = 1\"><script>window.hit = 1</script>";
    tab.pane(1).join(url(1), name).subscribe(evil).say(evil, evil);
    tab.pane(2).join(url(2), "Bob").subscribe(evil);
    tab.pane(1).say(evil, evil);

    tab.pane(2).awaitLine("[%s] %s: %s".formatted(evil, name, evil), TOOK);
    assertThat(tab.evaluate("document.querySelectorAll('main img, main b, main script').length"))
        .isEqualTo(0L);
    assertThat(tab.evaluate("'hit' in window")).isEqualTo(false);
    tab.assertNoComplaints();
  }

  @Test
  void thePolicyStopsWhatWouldGetPastThat() {
    Tab tab = open();

    tab.evaluate(
        "document.addEventListener('securitypolicyviolation', e => window.stopped ="
            + " e.effectiveDirective);"
            + " document.body.append(Object.assign(document.createElement('script'),"
            + " { textContent: 'window.hit = 1' }))");

    tab.awaitTrue("window.stopped === 'script-src-elem'");
    assertThat(tab.evaluate("'hit' in window")).isEqualTo(false);
  }

  @Test
  void goesOnWhenTheBrokerWasAway() throws Exception {
    RabbitAdmin admin = new RabbitAdmin();
    try (Relay relay = new Relay(admin.host(), admin.port())) {
      relay.plugIn();
      String broker = cluster.vhost().uri("127.0.0.1", relay.port());
      try (Node node =
          Node.launch(Map.of("RABBITMQ_URL", broker), "--port", "0", "--node-id", "n3")) {
        Tab tab = open();
        PagePane alice = tab.pane(1).join(node.awaitReady().url().toString(), "Alice");
        PagePane bob = tab.pane(2).join(url(2), "Bob");

        relay.cut();
        node.awaitLog("No connection to");
        alice.say("lobby", "lost").awaitLine("System: Message bus is unavailable.");
        alice
            .fill("topic", "sports")
            .click("subscribe")
            .awaitLine("System: Unable to subscribe to \"sports\" right now.");
        relay.plugIn();
        node.awaitLog("RabbitMQ is back");
        alice.say("lobby", "again").awaitLine("[lobby] Alice: again", BACK);

        bob.awaitLine("[lobby] Alice: again", "^from n3 in ");
        assertThat(bob.lines()).doesNotContain("[lobby] Alice: lost");
        alice.awaitState("on");
        tab.assertNoComplaints();
      }
    }
  }

  @Test
  void comesBackWithItsTopicsWhenItsNodeIsKilled() {
    String broker = cluster.vhost().uri();
    Node node = Node.launch(Map.of("RABBITMQ_URL", broker), "--port", "0", "--node-id", "n4");
    String address = node.awaitReady().url().toString();
    Tab tab = open();
    PagePane alice = tab.pane(1).join(address, "Alice").subscribe("sports");
    alice.fill("topic", "lobby").click("unsubscribe").awaitJoined("sports");
    PagePane bob = tab.pane(2).join(url(2), "Bob").subscribe("sports");

    node.kill();
    node.exitCode();
    alice.awaitState("waiting").awaitText("countdown", "^ in \\d+ s$");
    assertThat(alice.isDisabled("send")).isTrue();
    alice.awaitLine("Disconnected from server (1006: the connection broke)");
    String port = Integer.toString(URI.create(address).getPort());
    try (Node back =
        Node.launch(Map.of("RABBITMQ_URL", broker), "--port", port, "--node-id", "n5")) {
      back.awaitReady();
      alice.awaitJoined("sports").awaitNode("n5");

      bob.say("sports", "welcome back");
      alice.awaitLine("[sports] Bob: welcome back", "^from n2 in ");
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
    Tab tab = open();
    PagePane alice = tab.pane(1).join(leaving + ", " + url(1), "Alice").awaitNode("n6");
    PagePane bob = tab.pane(2).join(url(2), "Bob").subscribe("sports");
    alice.subscribe("sports");

    node.close();
    alice.awaitLine("Disconnected from server (1012: the node is going down)");
    alice.awaitNode("n1").awaitJoined("lobby", "sports");

    alice.say("sports", "from elsewhere");
    bob.awaitLine("[sports] Alice: from elsewhere", TOOK);
    tab.assertNoComplaints();
  }

  @ParameterizedTest
  @ValueSource(strings = {"another port", "file"})
  void worksWhereNoNodeServesIt(String where) throws IOException {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), FILES, OutputLevel.NONE);
    server.start();
    try {
      String page =
          where.equals("file")
              ? FILES.resolve("index.html").toUri().toString()
              : "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      Tab tab = browser.open(page);
      assertThat(tab.pane(1).value("url")).isEqualTo("ws://localhost:8080");

      tab.pane(1).join(cluster.node(1).url().getAuthority(), "Alice").awaitNode("n1");
      tab.pane(2).join(url(2), "Bob").awaitNode("n2");
      tab.pane(1).say("lobby", "Hello");

      tab.pane(2).awaitLine("[lobby] Alice: Hello", TOOK);
      tab.assertNoComplaints();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void fitsOnAPhone() {
    Tab tab = openJoined().size(PHONE, 844);
    String topic = "a-topic-".repeat(30);
    tab.pane(1).subscribe(topic).say(topic, "word".repeat(200));
    tab.pane(2).say("lobby", "Hello");
    tab.pane(1).awaitLine("[lobby] Bob: Hello", "^from n2 in ");

    assertThat(tab.evaluate("document.documentElement.scrollWidth")).isEqualTo((long) PHONE);
    assertThat(
            tab.evaluate(
                """
                [...document.querySelectorAll('input, button, .log, .told')]
                  .filter(e => e.checkVisibility())
                  .filter(e => {
                    e.scrollIntoView({ block: 'center' });
                    const box = e.getBoundingClientRect();
                    const hit = document.elementFromPoint(
                      box.x + box.width / 2, box.y + box.height / 2);
                    return box.left < 0 || box.right > innerWidth || box.width < 24
                      || box.height < 20 || !(hit === e || e.contains(hit));
                  })
                  .map(e => e.className).join(' ')\
                """))
        .as("out of reach")
        .isEqualTo("");
  }

  @Test
  void isUsedByTheKeyboardAlone() {
    Tab tab = open();
    assertThat(stops(tab, 8))
        .containsExactly(
            "1 url", "1 name", "1 enter", "1 log", "2 url", "2 name", "2 enter", "2 log");

    tab.evaluate("document.querySelectorAll('.name')[1].focus()");
    tab.enterKey();
    tab.pane(2).awaitJoined("lobby");
    tab.awaitTrue("document.activeElement.className === 'message'");
    tab.type("typed").enterKey();
    tab.pane(2).awaitLine("[lobby] Bob: typed", BACK);
    tab.type("again").tabKey().enterKey();
    tab.pane(2).awaitLine("[lobby] Bob: again", BACK);

    tab.evaluate("document.querySelectorAll('.log')[0].focus()");
    assertThat(stops(tab, 8))
        .containsExactly(
            "2 enter",
            "2 topic",
            "2 subscribe",
            "2 unsubscribe",
            "2 list",
            "2 chip",
            "2 log",
            "2 message");
    tab.shiftTabKey().shiftTabKey().enterKey();
    assertThat(tab.pane(2).value("topic")).isEqualTo("lobby");
    tab.assertNoComplaints();
  }

  /** Where the next presses of Tab lead; each has to be seen. */
  private static List<String> stops(Tab tab, int presses) {
    List<String> stops = new ArrayList<>();
    for (int i = 0; i < presses; i++) {
      tab.tabKey();
      assertThat(tab.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
          .as("the focus is visible behind %s", stops)
          .isEqualTo("solid");
      stops.add(
          String.valueOf(
              tab.evaluate(
                  "document.activeElement.closest('.pane').getAttribute('aria-labelledby').slice(-1)"
                      + " + ' ' + document.activeElement.classList[0]")));
    }
    return stops;
  }

  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 1280", "light, 390", "dark, 390"})
  void hasNothingThatAxeObjectsTo(String scheme, int width) throws IOException {
    Tab tab = open().colors(scheme).size(width, 900);
    tab.evaluate(Files.readString(AXE) + "; undefined");
    assertThat(violations(tab)).as("before joining").isEmpty();

    tab.pane(1).click("enter").awaitJoined("lobby");
    tab.pane(2).click("enter").awaitJoined("lobby");
    tab.pane(1).say("lobby", "Hello");
    tab.pane(2).awaitLine("[lobby] Alice: Hello", TOOK.replace("n1", ".+"));
    assertThat(violations(tab)).as("in use").isEmpty();
  }

  private static String violations(Tab tab) {
    return String.valueOf(
        tab.evaluate(
            "axe.run().then(r => r.violations.map(v => v.id + ': '"
                + " + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; ')).join('\\n'))"));
  }
}
