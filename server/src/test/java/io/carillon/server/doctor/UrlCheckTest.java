package io.carillon.server.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carillon.part.Finding;
import io.carillon.server.Parts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the way to a URL. */
class UrlCheckTest {

  private static List<Finding> check(String url) {
    return new UrlCheck(
            Parts.standard(),
            URI.create(url),
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            Instant.now())
        .run();
  }

  @ParameterizedTest
  @CsvSource({
    "302, '302 Temporary Redirect: it is moved to https://other.example/chat;'",
    "403, '403 Forbidden: no /here?... today;'",
  })
  void anAnswerThatRepeatsTheQueryIsShownWithoutIt(int status, String expected) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String query = exchange.getRequestURI().getRawQuery();
          byte[] body = ("no /here?" + query + " today").getBytes(UTF_8);
          exchange.getResponseHeaders().set("Location", "https://other.example/chat?" + query);
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(query == null ? 200 : status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      List<Finding> findings =
          check("ws://127.0.0.1:" + server.getAddress().getPort() + "/x?token=canary-7");

      assertThat(findings.getLast().toString()).startsWith("FAIL  upgrade").contains(expected);
      assertThat(findings.toString()).doesNotContain("canary");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aHostNameMayHaveAnUnderscore() {
    assertThat(check("ws://carillon_node.invalid:8080/"))
        .singleElement()
        .asString()
        .contains("no address for carillon_node.invalid;");
  }
}
