package io.carillon.conformance.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.docs.Snippet;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.page.Browser;
import io.carillon.conformance.page.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The code in docs/protocols/pusher.md, run as it is except for the address and TLS. */
@ResourceLock(Browser.LOCK)
class SnippetsIT {

  private static final List<Snippet> SNIPPETS =
      Snippet.read(Project.root().resolve("docs/protocols/pusher.md"));

  private static final List<Snippet> HTTP_API =
      Snippet.read(Project.root().resolve("docs/protocols/pusher-http.md"));

  private static final String HOST = "chat.example.com";

  @RegisterExtension static final PusherService service = new PusherService();
  @RegisterExtension static final Browser browser = new Browser();

  private static Snippet snippet(String chapter) {
    return SNIPPETS.stream()
        .filter(snippet -> snippet.chapter().equals(chapter))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no code in a chapter called " + chapter));
  }

  private static String port() {
    return "" + service.balancer().port();
  }

  @Test
  void noneIsLeftOut() {
    assertThat(SNIPPETS)
        .filteredOn(it -> Set.of("html", "js", "java", "python").contains(it.language()))
        .extracting(Snippet::chapter)
        .containsExactly(
            "Browser",
            "Laravel Echo",
            "Publish from Node",
            "Publish from Java",
            "Publish from Python");
  }

  // In a browser --------------------------------------------------------------------------------

  @Test
  void browser() {
    Snippet page =
        inBrowser(snippet("Browser"))
            .where("https://js.pusher.com/8.6/pusher-with-encryption.min.js", "/pusher.js");
    Tab tab = write(page.text());
    awaitSubscribed(tab, "pusher.channel('private-news').subscribed");
    publish("private-news", "headline", Map.of("text", "We are open"));
    tab.awaitTrue("document.body.innerText.includes('We are open')");
  }

  @Test
  void laravelEcho() {
    String page =
        """
        <script src="/pusher.js"></script>
        <script type="importmap">{"imports": {
          "laravel-echo": "/echo.mjs",
          "pusher-js": "data:text/javascript,export default window.Pusher"
        }}</script>
        <script type="module">
        %s</script>
        """
            .formatted(inBrowser(snippet("Laravel Echo")).text());
    Tab tab = write(page);
    awaitSubscribed(
        tab, "Echo.connector.pusher && Echo.connector.pusher.channel('private-orders').subscribed");
    publish("private-orders", "App\\Events\\OrderShipped", Map.of("id", 7));
    tab.awaitTrue("document.body.innerText.includes('Order 7 has left.')");
  }

  private static Snippet inBrowser(Snippet snippet) {
    return snippet
        .where(HOST, "127.0.0.1")
        .where("wssPort: 443", "wsPort: " + port())
        .where("forceTLS: true", "forceTLS: false");
  }

  /** The backend's page becomes this one. */
  private static Tab write(String page) {
    Tab tab = browser.open(service.backendUrl() + "/");
    tab.evaluate(
        "document.open(); document.write(" + Json.text(page) + "); document.close(); undefined");
    return tab;
  }

  private static void awaitSubscribed(Tab tab, String condition) {
    tab.awaitTrue("(() => { try { return " + condition + " } catch { return false } })()");
  }

  private static void publish(String channel, String event, Map<String, ?> data) {
    assertThat(service.backend().publish(channel, event, data).status()).isEqualTo(200);
  }

  // On a server ---------------------------------------------------------------------------------

  @Test
  void publishFromNode() {
    Snippet program =
        snippet("Publish from Node")
            .where(HOST, "127.0.0.1")
            .where("port: 443", "port: " + port())
            .where("useTLS: true", "useTLS: false");
    assertPublishes("node", "-e", program.text());
  }

  @Test
  void publishFromJava(@TempDir Path folder) throws IOException {
    Snippet program =
        snippet("Publish from Java")
            .where(HOST + ":443", "127.0.0.1:" + port())
            .where("setEncrypted(true)", "setEncrypted(false)");
    Path file = Files.writeString(folder.resolve("Publish.java"), program.text());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertPublishes(java, "-cp", System.getProperty("java.class.path", ""), file.toString());
  }

  @Test
  void publishFromPython() {
    Snippet program =
        snippet("Publish from Python")
            .where(HOST, "127.0.0.1")
            .where("port=443", "port=" + port())
            .where("ssl=True", "ssl=False");
    assertPublishes(
        Project.root().resolve("conformance/pusher/.venv/bin/python").toString(),
        "-c",
        program.text());
  }

  @Test
  void publishFromAShell() {
    Snippet program =
        HTTP_API.stream()
            .filter(snippet -> snippet.language().equals("sh"))
            .findFirst()
            .orElseThrow()
            .where("https://" + HOST, "http://127.0.0.1:" + port());
    assertPublishes("sh", "-euc", program.text());
  }

  private static void assertPublishes(String... command) {
    PusherJs ann = service.connect(1, "ann");
    ann.subscribe("news");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Project.root().resolve("conformance/pusher").toFile());
    CommandResult ended = CommandResult.run(builder);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    ann.expect("news", "headline {\"text\":\"We are open\"}");
  }

  // Laravel -------------------------------------------------------------------------------------

  @Test
  void laravelsVariablesAreANodesToo() {
    Map<String, String> variables = new HashMap<>();
    for (String line : snippet("Laravel").text().lines().toList()) {
      variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    try (Node node = Node.launch(variables, "--port", "0").awaitReady()) {
      int port = node.url().getPort();
      Map<String, Object> how =
          Map.of("port", port, "user", "ann", "backend", service.backendUrl());
      PusherJs ann = PusherJs.connect(service.host(), how).expect("connection", "connected");
      ann.subscribe("private-orders");
      assertThat(
              service
                  .backend()
                  .at(port)
                  .publish("private-orders", "shipped", Map.of("id", 1))
                  .status())
          .isEqualTo(200);
      ann.expect("private-orders", "shipped {\"id\":1}");
    }
  }
}
