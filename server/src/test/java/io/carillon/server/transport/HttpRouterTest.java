package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.auth.Rejection;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRouterTest {

  private static final TransportConfig CONFIG = TransportConfig.DEFAULTS;
  private static final Duration TIMEOUT = CONFIG.handshakeTimeout();
  private static final Duration KEPT = CONFIG.http().keepAlive();
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
  private static final String ASK = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
  private static final String HANDSHAKE = ASK + KEY + VERSION;

  private final TransportCounters counters = new TransportCounters();
  private final ConnectionCounter clients = new ConnectionCounter(1);
  private final HttpContext context = HttpContext.of(CONFIG, counters, clients);
  private final List<Handshake> upgrades = new ArrayList<>();
  private final Door door = new Door();
  private final EmbeddedChannel socket = withRouter(new EmbeddedChannel());

  /** Answers /up and /same, and serves every path but /nowhere. */
  private static final class Door implements Gatekeeper {
    final List<PlainRequest> asked = new ArrayList<>();
    @Nullable HttpReply refusal;

    @Override
    public Optional<HttpReply> answer(PlainRequest request) {
      asked.add(request);
      return switch (request.path()) {
        case "/up" -> Optional.of(HttpReply.json(200, "{}"));
        case "/same" -> Optional.of(HttpReply.text(304, "").with("ETag", "\"x\""));
        default -> Optional.empty();
      };
    }

    @Override
    public Optional<HttpReply> refusal() {
      return Optional.ofNullable(refusal);
    }

    @Override
    public Optional<Protocol> protocol(Handshake handshake) {
      return handshake.path().equals("/nowhere") ? Optional.empty() : Optional.of(new Any());
    }
  }

  private static final class Any implements Protocol {
    @Override
    public boolean claims(Handshake handshake) {
      return true;
    }

    @Override
    public Answer answer(Handshake handshake) {
      Optional<Rejection> refusal =
          handshake
              .query()
              .get("wrong")
              .map(what -> new Rejection(Rejection.Kind.valueOf(what), "Wrong: " + what));
      return refusal.isPresent()
          ? new Answer.Refused(refusal.get())
          : new Answer.Welcome(
              "",
              (connection, shard) -> {
                throw new AssertionError("the router opens no sessions");
              });
    }
  }

  private <C extends EmbeddedChannel> C withRouter(C channel) {
    channel.freezeTime();
    HttpPipeline.begin(
        channel,
        door,
        context,
        (ctx, request, welcome) -> upgrades.add(WebSocketHandshake.handshakeOf(request)));
    return channel;
  }

  @ParameterizedTest
  @CsvSource({"INVALID, 400", "UNAUTHENTICATED, 401", "FORBIDDEN, 403"})
  void tellsAClientWhyItsProtocolRefusesIt(String kind, int status) {
    assertThat(get("/?wrong=" + kind, HANDSHAKE))
        .startsWith("HTTP/1.1 " + status + " ")
        .endsWith("\r\n\r\nWrong: " + kind + "\n");
    assertThat(socket.isOpen()).isFalse();
    assertThat(upgrades).isEmpty();
    assertThat(clients.count()).isZero();
  }

  @Test
  void asksPlainRequestsToUpgrade() {
    assertThat(get("/", ""))
        .startsWith("HTTP/1.1 426 Upgrade Required\r\n")
        .contains("Upgrade: websocket\r\n", "content-length: 16\r\n")
        .endsWith("\r\n\r\nUpgrade Required");
  }

  @Test
  void closesAClientThatAsksAndAsksAndReadsNothing() {
    TestSocket deaf = withRouter(new TestSocket());
    deaf.stall();
    String request = "GET /up HTTP/1.1\r\nHost: h\r\n\r\n";
    long most = 0;
    for (int i = 0; i < 2000 && deaf.isOpen(); i++) {
      deaf.writeInbound(bytes(request));
      most = Math.max(most, deaf.unsentBytes());
    }
    assertThat(most).isLessThan(100_000);
    assertThat(deaf.isOpen()).as("it may only be slow").isTrue();
    deaf.advanceTimeBy(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    deaf.runPendingTasks();
    assertThat(deaf.isOpen()).isFalse();
  }

  @Test
  void answersNothingBehindItsLastAnswer() {
    TestSocket deaf = withRouter(new TestSocket());
    deaf.stall();
    String refused = "GET / HTTP/1.1\r\nHost: h\r\n" + ASK + KEY + "\r\n";
    deaf.writeInbound(bytes(refused));
    long unsent = deaf.unsentBytes();
    for (String next : List.of(refused, "GET /up HTTP/1.1\r\nHost: h\r\n\r\n")) {
      deaf.writeInbound(bytes(next.repeat(60)));
    }
    assertThat(deaf.unsentBytes()).isEqualTo(unsent);
    assertThat(deaf.isOpen()).isTrue();
    deaf.advanceTimeBy(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    deaf.runPendingTasks();
    assertThat(deaf.isOpen()).as("the time to be done counts on").isFalse();
  }

  @Test
  void givesTheGatekeepersAnswer() {
    assertThat(get("/up?x=1", ""))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-type: application/json\r\n")
        .endsWith("\r\n\r\n{}");
  }

  @Test
  void answersHeadWithoutABody() {
    assertThat(send("HEAD /up HTTP/1.1\r\nHost: h\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-length: 2\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void tellsTheGatekeeperWhatIsAskedFor() {
    get("/up?x=1", "If-None-Match: \"a\"\r\n");
    send("DELETE /up HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(door.asked)
        .containsExactly(
            new PlainRequest("GET", "/up", "\"a\""), new PlainRequest("DELETE", "/up", ""));
  }

  /** RFC 9110 section 15.4.5: it has no content, so it doesn't say how long it is. */
  @Test
  void saysThatSomethingIsUnchangedWithoutABody() {
    assertThat(get("/same", ""))
        .startsWith("HTTP/1.1 304 Not Modified\r\n")
        .contains("ETag: \"x\"\r\n")
        .doesNotContain("content-length", "content-type")
        .endsWith("\r\n\r\n");
    assertThat(get("/up", "")).endsWith("{}");
  }

  @Test
  void keepsAConnectionAndAnswersInOrder() {
    assertThat(send(request("/up", "") + request("/", "")))
        .matches("(?s)HTTP/1.1 200.*HTTP/1.1 426.*");
    assertThat(socket.isOpen()).isTrue();
    assertThat(get("/up", "Connection: close\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("connection: close\r\n");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void speaksHttp10() {
    assertThat(send("GET /up HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
        .contains("connection: keep-alive\r\n");
    assertThat(socket.isOpen()).isTrue();
    assertThat(send("GET /up HTTP/1.0\r\n\r\n")).contains(" 200 OK\r\n");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void refusesALineThatIsTooLong() {
    String reply = get("/" + "x".repeat(CONFIG.maxRequestLineBytes()), "");
    assertRefused(reply, 414);
    assertThat(reply).contains("8192 bytes, limits.max_request_line");
    assertThat(counters.stats(0, 0, 0, 0).refused()).containsEntry(RefusalReason.TOO_LONG, 1L);
  }

  @Test
  void refusesHeadersThatAreTooLong() {
    String reply = get("/", "X: " + "x".repeat(CONFIG.maxHeaderBytes()) + "\r\n");
    assertRefused(reply, 431);
    assertThat(reply).contains("16384 bytes, limits.max_headers");
    assertThat(counters.stats(0, 0, 0, 0).refused()).containsEntry(RefusalReason.TOO_LONG, 1L);
  }

  /** The decoder takes 8 bytes behind such a head for its body, and proxies take none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n",
        "Sec-WebSocket-Key1: 1\r\n",
        "sec-websocket-key2: 2\r\n"
      })
  void refusesTheHandshakeOfOldDraftsWhoseBodyHasNoLength(String keys) {
    String reply = get("/up", keys);
    assertRefused(reply, 400);
    assertThat(reply).contains("Sec-WebSocket-Key");
    assertThat(send(request("/up", ""))).as("nothing is answered behind it").isEmpty();
  }

  @Test
  void refusesWhatIsNotHttp() {
    assertRefused(send("\u0016\u0003\u0001 hello\r\n\r\n"), 400);
  }

  @Test
  void letsAHandshakeThrough() {
    assertThat(get("/chat?name=Ada", HANDSHAKE)).isEmpty();
    assertThat(upgrades).hasSize(1);
    assertThat(upgrades.getFirst().path()).isEqualTo("/chat");
    assertThat(upgrades.getFirst().query().get("name")).hasValue("Ada");
    assertThat(clients.count()).isEqualTo(1);
    socket.close();
    assertThat(clients.count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "ws://host/chat?name=Ada,         /chat",
    "http://host:8080/a/b?x=http://y, /a/b",
    "ws://host,                       /",
    "/chat?next=http://x/y,           /chat"
  })
  void readsTheAbsoluteFormOfATarget(String target, String path) {
    get(target, HANDSHAKE);
    assertThat(upgrades).extracting(Handshake::path).containsExactly(path);
  }

  /** RFC 9112 section 3.2.2: the path may be empty where the query is not. */
  @Test
  void readsTheQueryOfAnAbsoluteFormWithoutAPath() {
    get("ws://host?name=a/b", HANDSHAKE);
    assertThat(upgrades.getFirst().path()).isEqualTo("/");
    assertThat(upgrades.getFirst().query().get("name")).hasValue("a/b");
  }

  @Test
  void refusesAHandshakeWithoutAKeyOrWithABadOne() {
    assertRefused(get("/", ASK + VERSION), 400);
    assertRefused(new HttpRouterTest().get("/", ASK + VERSION + "Sec-WebSocket-Key: x\r\n"), 400);
  }

  @Test
  void saysWhichVersionItSpeaks() {
    for (String version : List.of("", "Sec-WebSocket-Version: 8\r\n")) {
      assertThat(new HttpRouterTest().get("/", ASK + KEY + version))
          .startsWith("HTTP/1.1 426 ")
          .contains("sec-websocket-version: 13\r\n");
    }
  }

  @Test
  void refusesAHandshakeThatIsNoGetOfHttp11() {
    assertRefused(
        send("POST / HTTP/1.1\r\nHost: h\r\n" + HANDSHAKE + "Content-Length: 0\r\n\r\n"), 400);
    assertRefused(new HttpRouterTest().send("GET / HTTP/1.0\r\n" + HANDSHAKE + "\r\n"), 400);
  }

  @Test
  void refusesWhereNoProtocolIsServed() {
    assertRefused(get("/nowhere", HANDSHAKE), 404);
    assertThat(clients.count()).isZero();
  }

  @Test
  void givesTheGatekeepersRefusal() {
    door.refusal = HttpReply.text(503, "away\n").with("Retry-After", "2");
    String reply = get("/", HANDSHAKE);
    assertRefused(reply, 503);
    assertThat(reply).contains("Retry-After: 2\r\n").endsWith("away\n");
  }

  @Test
  void refusesClientsWhenItIsFull() {
    assertThat(clients.tryAdd()).isTrue();
    String reply = get("/", HANDSHAKE);
    assertRefused(reply, 503);
    assertThat(reply).contains("Retry-After: 5\r\n");
    assertThat(clients.count()).as("who was refused is not counted").isEqualTo(1);
    assertThat(counters.stats(0, 0, 0, 0).refused()).containsEntry(RefusalReason.FULL, 1L);
  }

  /** Looking at a token costs more than the rest of a handshake. */
  @Test
  void asksNoProtocolWhenItIsFull() {
    assertThat(clients.tryAdd()).isTrue();
    assertRefused(get("/?wrong=UNAUTHENTICATED", HANDSHAKE), 503);
  }

  @Test
  void endsAConnectionThatAsksForNothingInTime() {
    pass(TIMEOUT.minusMillis(1));
    assertThat(socket.isOpen()).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(socket.isOpen()).isFalse();
    assertThat(counters.handshakeTimeouts.sum()).isEqualTo(1);
  }

  @Test
  void keepsAConnectionBetweenRequestsForItsOwnTime() {
    for (int i = 0; i < 3; i++) {
      assertThat(get("/up", "")).contains(" 200 ", "connection: keep-alive\r\n", "timeout=75");
      pass(KEPT);
      assertThat(socket.isOpen()).as("as long as its client was told").isTrue();
    }
    pass(GRACE);
    assertThat(socket.isOpen()).isFalse();
    assertThat(counters.handshakeTimeouts.sum()).as("it was no handshake").isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /up HTTP/1.1\r\n", "GET /up HTTP/1.1\r\nHost: h\r\nX:"})
  void givesARequestThatHasBegunNoMoreTimeThanTheFirstOne(String beginning) {
    get("/up", "");
    pass(KEPT.minus(TIMEOUT));
    send(beginning);
    pass(TIMEOUT.minusMillis(1));
    assertThat(socket.isOpen()).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(socket.isOpen()).isFalse();
  }

  /** Slowloris on a connection that is kept: each byte would earn it another idle time. */
  @Test
  void endsAKeptConnectionThatDribbles() {
    get("/up", "");
    Duration passed = Duration.ZERO;
    for (byte letter : request("/up", "").getBytes(ISO_8859_1)) {
      send("" + (char) letter);
      pass(TIMEOUT.dividedBy(10));
      passed = passed.plus(TIMEOUT.dividedBy(10));
      if (!socket.isOpen()) {
        break;
      }
    }
    assertThat(socket.isOpen()).isFalse();
    assertThat(passed).isLessThanOrEqualTo(TIMEOUT);
  }

  @Test
  void givesTheBeginningOfARequestBehindAnotherItsTime() {
    assertThat(send(request("/up", "") + "GET /up HTTP/1.1\r\n")).contains(" 200 ");
    pass(TIMEOUT);
    assertThat(socket.isOpen()).isFalse();
  }

  /** RFC 9112 section 2.2: some clients end a body with an empty line that is not part of it. */
  @Test
  void takesEmptyLinesBetweenRequestsForNoBeginning() {
    get("/up", "");
    send("\r\n");
    pass(KEPT.minusMillis(1));
    assertThat(get("/up", "")).contains(" 200 ");
    for (int i = 0; i < 10; i++) {
      send("\r\n");
      pass(KEPT.plus(GRACE).dividedBy(10));
    }
    assertThat(socket.isOpen()).as("nor do they earn time").isFalse();
  }

  @Test
  void makesEveryAnswerTheLastOneWhenTheNodeLeaves() {
    assertThat(get("/up", "")).contains("connection: keep-alive\r\n");
    context.keepAlive().end();
    assertThat(get("/up", ""))
        .contains(" 200 ", "connection: close\r\n")
        .doesNotContain("Keep-Alive");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void closesWhatIsKeptAndNothingElse() {
    EmbeddedChannel begun = withRouter(new EmbeddedChannel());
    EmbeddedChannel first = withRouter(new EmbeddedChannel());
    get("/up", "");
    for (EmbeddedChannel other : List.of(begun, first)) {
      other.writeInbound(bytes(request("/up", "")));
    }
    begun.writeInbound(bytes("G"));
    context.kept().closeOldest();
    assertThat(List.of(socket.isOpen(), first.isOpen(), begun.isOpen()))
        .as("the one that waits longest")
        .containsExactly(false, true, true);
    context.kept().closeAll();
    assertThat(List.of(first.isOpen(), begun.isOpen())).containsExactly(false, true);
    first.releaseOutbound();
    begun.finishAndReleaseAll();
  }

  /** An answer is lost where its connection is closed before the client has taken it. */
  @Test
  void closesNoKeptConnectionBeforeItsAnswerIsSent() {
    TestSocket slow = withRouter(new TestSocket());
    slow.stall();
    slow.writeInbound(bytes(request("/up", "")));
    assertThat(context.kept().closeOldest()).as("there is no other").isFalse();
    get("/up", "");
    assertThat(context.kept().closeOldest()).isTrue();
    assertThat(List.of(slow.isOpen(), socket.isOpen())).containsExactly(true, false);
    context.kept().closeAll();
    assertThat(slow.isOpen()).isTrue();
    slow.unstall();
    assertThat(slow.isOpen()).as("it has gone once its answer is sent").isFalse();
    assertThat(slow.sent()).isNotEmpty();
  }

  @Test
  void sparesAKeptConnectionWhoseNextRequestComesBeforeItsAnswerIsSent() {
    TestSocket slow = withRouter(new TestSocket());
    slow.stall();
    slow.writeInbound(bytes(request("/up", "")));
    context.kept().closeAll();
    slow.writeInbound(bytes("G"));
    slow.unstall();
    assertThat(slow.isOpen()).as("its request has begun").isTrue();
    slow.finishAndReleaseAll();
  }

  @Test
  void forgetsAKeptConnectionThatBecomesAWebSocketOrIsClosed() {
    get("/up", "");
    assertThat(get("/", HANDSHAKE)).isEmpty();
    context.kept().closeAll();
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void endsAConnectionThatDribbles() {
    for (int i = 0; i < 20 && socket.isOpen(); i++) {
      send("G");
      pass(TIMEOUT.dividedBy(10));
    }
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void givesEveryRequestOfAConnectionItsTime() {
    for (int i = 0; i < 5; i++) {
      pass(TIMEOUT.minusMillis(1));
      assertThat(get("/up", "")).contains(" 200 ");
    }
    pass(KEPT.plus(GRACE));
    assertThat(socket.isOpen()).isFalse();
  }

  private String get(String target, String headers) {
    return send(request(target, headers));
  }

  private static String request(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, ISO_8859_1);
  }

  private String send(String text) {
    socket.writeInbound(bytes(text));
    socket.runPendingTasks();
    StringBuilder reply = new StringBuilder();
    for (ByteBuf next = socket.readOutbound(); next != null; next = socket.readOutbound()) {
      reply.append(next.toString(ISO_8859_1));
      next.release();
    }
    return reply.toString();
  }

  private static void assertRefused(String reply, int status) {
    assertThat(reply).startsWith("HTTP/1.1 " + status + " ").contains("connection: close\r\n");
  }

  private void pass(Duration duration) {
    socket.advanceTimeBy(duration.toNanos(), TimeUnit.NANOSECONDS);
    socket.runPendingTasks();
  }
}
