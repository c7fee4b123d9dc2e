package io.carillon.conformance.js;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import io.carillon.conformance.client.Http;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.page.Browser;
import io.carillon.conformance.page.Tab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The JavaScript client as a node publishes it, in a page of another server. */
@ResourceLock(Browser.LOCK)
class JsClientBrowserIT {

  private static final String PAGE =
      """
      <!doctype html>
      <meta charset="utf-8">
      <link rel="icon" href="data:,">
      <script src="http://NODE/clients/carillon.js"></script>
      <script src="classic.js"></script>
      <script type="module" src="module.js"></script>
      """;

  private static final String USE =
      """
      const client = new TopicsClient('http://NODE/', { name: 'SCRIPT' });
      const heard = [];
      window.SCRIPT = heard;
      client.on('message', ({ topic, name, text }) => heard.push(`${topic} ${name} ${text}`));
      client.publish('lobby', 'hello').then(({ outcome }) => heard.push(outcome));
      client.connect();
      """;

  @RegisterExtension static final Browser browser = new Browser();

  @Test
  void classicScriptsAndModulesLoadItFromANodeWithoutAPage(@TempDir Path folder)
      throws IOException {
    try (Node node =
        Node.launch(Map.of("CARILLON_PAGE_ENABLED", "false"), "--port", "0").awaitReady()) {
      write(folder.resolve("index.html"), PAGE, node.url());
      write(
          folder.resolve("classic.js"),
          "{ const { TopicsClient } = Carillon; " + USE.replace("SCRIPT", "classic") + "}",
          node.url());
      write(
          folder.resolve("module.js"),
          "import { TopicsClient } from 'http://NODE/clients/carillon.mjs';\n"
              + USE.replace("SCRIPT", "module"),
          node.url());
      HttpServer server = serve(folder);
      try {
        Tab tab = browser.open("http://127.0.0.1:" + server.getAddress().getPort() + "/");

        for (String script : new String[] {"classic", "module"}) {
          tab.awaitTrue(
              "window.%1$s?.includes('accepted') && %1$s.includes('lobby %1$s hello')"
                  .formatted(script));
        }
        tab.assertNoComplaints();
      } finally {
        server.stop(0);
      }
    }
  }

  @Test
  void isTheFileOfTheRepository() throws IOException {
    try (Node node = Node.launch(Map.of(), "--port", "0").awaitReady()) {
      for (String name : new String[] {"carillon.js", "carillon.mjs", "carillon.d.ts"}) {
        String text = Files.readString(Project.root().resolve("clients/js").resolve(name));
        assertThat(Http.get(node.url(), "/clients/" + name)).isEqualTo(new Http.Reply(200, text));
      }
    }
  }

  private static void write(Path file, String text, URI node) throws IOException {
    Files.writeString(file, text.replace("NODE", node.getAuthority()));
  }

  private static HttpServer serve(Path folder) {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder, OutputLevel.NONE);
    server.start();
    return server;
  }
}
