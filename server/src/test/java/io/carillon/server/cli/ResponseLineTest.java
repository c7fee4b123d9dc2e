package io.carillon.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.carillon.dialect.PublishRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server may repeat the query of a request, which may hold a token or a signature. */
class ResponseLineTest {

  private static final PublishRequest REQUEST = new PublishRequest("", "", "", "{}");

  private static final String QUERY = "token=canary-7&auth_signature=canary-8";

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Repeats the query in the place to go to and in the body. */
  private void answer(int status, String location) {
    server.createContext(
        "/",
        exchange -> {
          String query = exchange.getRequestURI().getRawQuery();
          byte[] body = ("no /here?" + query + " today").getBytes(UTF_8);
          exchange.getResponseHeaders().set("Location", location + "?" + query);
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private URI url(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/?" + QUERY);
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.example/chat,           https://other.example/chat",
    "/chat,                                /chat",
    "https://ann:canary-9@other.example/x, https://other.example/x",
  })
  void aRedirectIsShownWithoutItsQuery(String location, String shown) throws Exception {
    answer(302, location);

    assertThat(
            ResponseLine.shown(
                new HttpPost(url("http"), REQUEST).send(new TrustOption().context())))
        .isEqualTo("302 (it is moved: give " + shown + ")");
  }

  @Test
  void anErrorIsShownWithoutTheQueryThatItRepeats() throws Exception {
    answer(404, "/");

    assertThat(
            ResponseLine.shown(
                new HttpPost(url("http"), REQUEST).send(new TrustOption().context())))
        .isEqualTo("404 no /here?... today");
  }

  @Test
  void aRefusedWebSocketShowsNoQuery() throws Exception {
    answer(302, "https://other.example/chat");
    ChatClient.Way way = new ChatClient.Way(url("ws"), new TrustOption().context());

    IOException refused =
        catchThrowableOfType(IOException.class, () -> ChatClient.connect(way, _ -> {}));

    assertThat(refused)
        .hasMessageContaining("give https://other.example/chat)")
        .hasMessageNotContaining("canary");
  }
}
