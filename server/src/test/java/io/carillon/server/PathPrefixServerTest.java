package io.carillon.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.protocol.pusher.RequestSignature;
import io.carillon.protocol.pusher.Signatures;
import io.carillon.protocol.pusher.SignedQuery;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with a path prefix, which a variable of Reverb sets. */
@Timeout(30)
class PathPrefixServerTest {

  private static final App APP = App.of("1", "key", "secret");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Server server;
  private static InetSocketAddress address;

  @BeforeAll
  static void start() throws Exception {
    server =
        LocalNode.of(
            Map.of("REVERB_SERVER_PATH", "/ws/"),
            "port=0",
            "app_manager.array.apps=[{id: '1', key: key, secret: secret}]");
    address = server.start().toCompletableFuture().get();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static URI at(String scheme, String target) {
    return URI.create(scheme + "://127.0.0.1:" + address.getPort() + target);
  }

  private static HttpResponse<String> get(String target) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(at("http", target)).build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/up", "/ready", "/ready/", "/live", "/ws/up", "/ws/ready", "/ws/health/"})
  void answersHealthChecksWithAndWithoutIt(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/ws/, 200",
    "/ws/page.js, 200",
    "/ws/node, 200",
    "/ws, 308",
    "/, 404",
    "/page.js, 404",
    "/node, 404",
    "/ws/nothing, 404",
    "/wsx/up, 404",
    "/ws/app/key, 426",
    "/app/key, 426"
  })
  void servesThePageBelowItAlone(String path, int status) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(status);
  }

  @Test
  void saysWhereEverythingIs() throws Exception {
    assertThat(get("/other").body()).contains("/ws/", "path_prefix");
    assertThat(get("/ws").headers().firstValue("Location")).hasValue("/ws/");
    assertThat(get("/ws//up").body()).contains("expected: /ws/up");
  }

  /** The first message to a WebSocket, or the status of the refusal. */
  private static String greeting(String target) throws Exception {
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            heard.add(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
          }
        };
    try {
      WebSocket socket = HTTP.newWebSocketBuilder().buildAsync(at("ws", target), listener).join();
      String first = heard.poll(10, TimeUnit.SECONDS);
      socket.abort();
      return String.valueOf(first);
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return "" + refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  @Test
  void opensWebSocketsBelowIt() throws Exception {
    assertThat(greeting("/ws/app/key?protocol=7")).contains("pusher:connection_established");
    for (String path : List.of("/ws", "/ws/", "/ws/any")) {
      assertThat(greeting(path + "?name=Ada")).isEqualTo("Welcome, Ada!");
    }
  }

  @Test
  void opensNoTopicsElsewhere() throws Exception {
    for (String path : List.of("/", "/any", "/wsx")) {
      assertThat(greeting(path + "?name=Ada")).isEqualTo("404");
    }
  }

  @Test
  void opensPusherWhereAProxyHasTakenItAway() throws Exception {
    assertThat(greeting("/app/key?protocol=7")).contains("pusher:connection_established");
  }

  private static HttpResponse<String> publish(String sent, String signed) throws Exception {
    String body = "{\"name\":\"e\",\"channel\":\"a\",\"data\":\"x\"}";
    String parameters =
        "auth_key=key&auth_timestamp=%d&auth_version=1.0&body_md5=%s"
            .formatted(Instant.now().getEpochSecond(), md5(body));
    String text = new RequestSignature("POST", signed, SignedQuery.parse(parameters)).canonical();
    String target = sent + "?" + parameters + "&auth_signature=" + new Signatures(APP).sign(text);
    return HTTP.send(
        HttpRequest.newBuilder(at("http", target)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static String md5(String text) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
  }

  /** A library may sign the prefix, and a proxy may remove it. */
  @ParameterizedTest
  @CsvSource({
    "/ws/apps/1/events, /ws/apps/1/events",
    "/ws/apps/1/events, /apps/1/events",
    "/apps/1/events, /ws/apps/1/events",
    "/apps/1/events, /apps/1/events"
  })
  void acceptsAnEventHoweverItsPathWasSigned(String sent, String signed) throws Exception {
    HttpResponse<String> response = publish(sent, signed);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void namesThePathThatItVerified() throws Exception {
    HttpResponse<String> response = publish("/ws/apps/1/events", "/other/apps/1/events");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("/ws/apps/1/events").doesNotContain("secret\"");
    assertThat(publish("/apps/1/events", "/other/apps/1/events").body())
        .contains("/apps/1/events")
        .doesNotContain("/ws");
  }
}
