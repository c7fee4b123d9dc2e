package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests with bodies; the test gives the answers of their endpoint. */
class HttpIntakeTest {

  private static final String HOST = "Host: h\r\n";
  private static final int MAX_BODY = 20;
  private static final HttpReply NO = HttpReply.text(401, "no\n");
  private static final TransportConfig CONFIG = TransportConfig.DEFAULTS;

  private final List<String> bodies = new ArrayList<>();
  private final List<HttpExchange> answers = new ArrayList<>();
  private final TestSocket socket = new TestSocket();
  private final Door door = new Door();

  HttpIntakeTest() {
    socket.freezeTime();
    HttpPipeline.begin(socket, door, context(), (ctx, request, welcome) -> {});
  }

  @AfterEach
  void close() {
    socket.finishAndReleaseAll();
  }

  private static HttpContext context() {
    return HttpContext.of(CONFIG, new TransportCounters(), new ConnectionCounter(1));
  }

  private final class Door implements Gatekeeper, HttpHandler, HttpAdmission.Admitted {
    int bodiesRefused;
    @Nullable HttpReply unsaid = HttpReply.text(411, "");

    @Override
    public HttpRoutes routes() {
      return new HttpRoutes(
          PathPrefix.NONE,
          List.of(
              HttpRoute.any(PathPattern.below("/in/"), this),
              HttpRoute.any(
                  PathPattern.exact("/"),
                  HttpHandler.answering(_ -> HttpReply.upgradeRequired("Upgrade Required"))),
              HttpRoute.any(
                  PathPattern.exact("/other"),
                  HttpHandler.answering(head -> HttpReply.text(200, head.path())))),
          _ -> HttpReply.text(404, "Nothing is at this path.\n"));
    }

    @Override
    public Optional<HttpReply> refusal() {
      return Optional.empty();
    }

    @Override
    public Optional<Protocol> protocol(Handshake handshake) {
      return Optional.empty();
    }

    @Override
    public HttpAdmission admit(HttpHead head) {
      return head.authorization().equals("yes") ? this : new HttpAdmission.Refused(NO);
    }

    @Override
    public int maxBodyBytes() {
      return MAX_BODY;
    }

    @Override
    public HttpReply tooLong() {
      bodiesRefused++;
      return HttpReply.text(413, "at most 20 bytes");
    }

    @Override
    public Optional<HttpReply> withoutBody() {
      bodiesRefused++;
      return Optional.ofNullable(unsaid);
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      bodies.add(new String(body, ISO_8859_1));
      answers.add(exchange);
    }
  }

  @Test
  void handsOverABodyThatComesInPieces() {
    assertThat(
            send(
                "POST /in/a HTTP/1.1\r\n"
                    + HOST
                    + "Authorization: yes\r\nContent-Length: 5\r\n\r\nhe"))
        .isEmpty();
    assertThat(bodies).isEmpty();
    send("llo");
    assertThat(bodies).containsExactly("hello");
    assertThat(answer(0, 202)).startsWith("HTTP/1.1 202 ");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void handsOverAChunkedBody() {
    send(
        "POST /in/a HTTP/1.1\r\n"
            + HOST
            + "Authorization: yes\r\nTransfer-Encoding: chunked\r\n\r\n");
    send("3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
    assertThat(bodies).containsExactly("hello");
  }

  @Test
  void answersRequestsInTheirOrderOneAtATime() {
    assertThat(send(post("one") + post("two") + get("/other") + post("three"))).isEmpty();
    assertThat(bodies).as("the second waits for the first").containsExactly("one");
    assertThat(socket.config().isAutoRead()).as("the socket is read").isFalse();
    assertThat(answer(0, 202)).startsWith("HTTP/1.1 202 ").doesNotContain("/other");
    assertThat(bodies).containsExactly("one", "two");
    assertThat(answer(1, 503)).matches("(?s)HTTP/1.1 503 .*HTTP/1.1 200 .*/other");
    assertThat(bodies).containsExactly("one", "two", "three");
    assertThat(answer(2, 202)).startsWith("HTTP/1.1 202 ");
    assertThat(socket.config().isAutoRead()).isTrue();
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void refusesAStrangerBeforeItsBodyAndThrowsTheBodyAway() {
    assertThat(send("POST /in/a HTTP/1.1\r\n" + HOST + "Content-Length: 9\r\n\r\n"))
        .startsWith("HTTP/1.1 401 ")
        .contains("connection: close\r\n")
        .endsWith("\r\n\r\nno\n");
    assertThat(socket.isOpen()).as("the answer can be read").isTrue();
    assertThat(socket.isOutputShutdown()).as("and its end is seen").isTrue();
    assertThat(send("123456789" + post("again"))).isEmpty();
    assertThat(bodies).isEmpty();
    socket.advanceTimeBy(CONFIG.closeTimeout().toNanos(), TimeUnit.NANOSECONDS);
    socket.runPendingTasks();
    assertThat(socket.isOpen()).isFalse();
  }

  /** RFC 9110, section 9.3.2: nothing follows the head. */
  @Test
  void refusesAHeadWithoutABody() {
    assertThat(send("HEAD /in/a HTTP/1.1\r\n" + HOST + "Content-Length: 9\r\n\r\n"))
        .startsWith("HTTP/1.1 401 ")
        .contains("content-length: 3\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void refusesABodyThatIsTooLongOrOfUnsaidLength() {
    String head = "POST /in/a HTTP/1.1\r\n" + HOST + "Authorization: yes\r\n";
    HttpIntakeTest tooLong = new HttpIntakeTest();
    assertThat(tooLong.send(head + "Content-Length: 21\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .contains("at most 20 bytes");
    HttpIntakeTest unsaid = new HttpIntakeTest();
    assertThat(unsaid.send(head + "\r\n")).startsWith("HTTP/1.1 411 ");
    assertThat(send(head + "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\nb\r\n0123456789x"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(bodies).isEmpty();
    for (HttpIntakeTest test : List.of(tooLong, unsaid, this)) {
      assertThat(test.door.bodiesRefused).as("its endpoint is told once").isEqualTo(1);
    }
  }

  @Test
  void keepsNoBodyThatNobodyReadsAndBoundsItAllTheSame() {
    List<Integer> kept = new ArrayList<>();
    RequestDecoder alone = new RequestDecoder(new HttpDecoderConfig());
    EmbeddedChannel strangers =
        new EmbeddedChannel(
            alone,
            new HttpIntake(door.routes(), alone, context()),
            new SimpleChannelInboundHandler<FullHttpRequest>() {
              @Override
              protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
                kept.add(request.decoderResult().isFailure() ? -1 : request.content().capacity());
              }
            });
    String head = "POST /other HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n1000\r\n";
    String more = "x".repeat(0x1000) + "\r\n";
    for (String end : List.of("0\r\n\r\n", "1000\r\n" + more + "1\r\nx\r\n0\r\n\r\n")) {
      strangers.writeInbound(Unpooled.copiedBuffer(head + more + end, ISO_8859_1));
    }
    assertThat(kept).containsExactly(0, -1);
    strangers.finishAndReleaseAll();
  }

  /** The path is wrong, or needs no body, so the length of the body is not the client's mistake. */
  @ParameterizedTest
  @CsvSource({
    "/nowhere, 404, Nothing is at this path",
    "/, 426, Upgrade Required",
    "/other, 200, /other"
  })
  void answersForThePathWhereABodyIsTooLongThatNobodyReads(String path, int status, String said) {
    String head = "POST " + path + " HTTP/1.1\r\n" + HOST;
    String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
    for (String request :
        List.of(
            head + "Content-Length: 20000\r\n\r\n",
            head + "Content-Length: 20000\r\nExpect: 100-continue\r\n\r\n",
            head + "Content-Length: 20000\r\n\r\n" + "x".repeat(20_000) + get("/other"),
            head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5) + "0\r\n\r\n")) {
      HttpIntakeTest test = new HttpIntakeTest();
      assertThat(test.send(request))
          .startsWith("HTTP/1.1 " + status + " ")
          .containsOnlyOnce("HTTP/1.1")
          .containsPattern("(?i)connection: [a-z, ]*close\r\n")
          .contains(said);
      assertThat(test.socket.isOutputShutdown()).as("it is the last answer").isTrue();
      test.close();
    }
  }

  @Test
  void refusesAHandshakeWithALongBody() {
    String handshake = "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + HOST;
    assertThat(send(handshake + "Content-Length: 20000\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .contains("at most 8192 bytes");
  }

  @Test
  void letsAClientGoOnThatAsksFirst() {
    String head =
        "POST /in/a HTTP/1.1\r\n"
            + HOST
            + "Content-Length: 5\r\nExpect: 100-continue\r\nAuthorization: ";
    assertThat(send(head + "yes\r\n\r\n")).startsWith("HTTP/1.1 100 Continue\r\n");
    send("hello");
    assertThat(answer(0, 202)).startsWith("HTTP/1.1 202 ");
    assertThat(new HttpIntakeTest().send(head + "no\r\n\r\n")).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void looksAtAHandshakeBehindARequestOnceThatIsAnswered() {
    String handshake =
        """
        GET / HTTP/1.1
        Host: h
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
            .replace("\n", "\r\n");
    assertThat(send(post("one") + handshake)).isEmpty();
    assertThat(answer(0, 202)).matches("(?s)HTTP/1.1 202 .*HTTP/1.1 404 .*No protocol is served.*");
  }

  @Test
  void answersHoweverManyRequestsArePipelined() {
    int many = 5000;
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < many; i++) {
      requests.append(post("" + i));
    }
    assertThat(send(requests.toString())).isEmpty();
    for (int i = 0; i < many; i++) {
      assertThat(bodies).as("one at a time").hasSize(i + 1).last().isEqualTo("" + i);
      assertThat(answer(i, 202)).startsWith("HTTP/1.1 202 ").containsOnlyOnce("HTTP/1.1");
    }
    assertThat(socket.config().isAutoRead()).isTrue();
    assertThat(socket.isOpen()).isTrue();
  }

  /** Stopping and starting costs system calls, and most clients wait for their answers. */
  @Test
  void readsOnWhileAnAnswerIsUnderWayUntilSomethingComes() {
    send(post("one"));
    assertThat(socket.config().isAutoRead()).isTrue();
    send("P");
    assertThat(socket.config().isAutoRead()).isFalse();
    answer(0, 202);
    assertThat(socket.config().isAutoRead()).isTrue();
    send(post("two").substring(1));
    assertThat(bodies).containsExactly("one", "two");
  }

  @Test
  void takesRequestsWithoutABodyWhereTheirEndpointDoes() {
    door.unsaid = null;
    send("GET /in/a HTTP/1.1\r\n" + HOST + "Authorization: yes\r\n\r\n");
    answer(0, 200);
    send("POST /in/a HTTP/1.1\r\n" + HOST + "Authorization: yes\r\nContent-Length: 0\r\n\r\n");
    answer(1, 200);
    assertThat(bodies).containsExactly("", "");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void givesTheSenderOfABodyNoMoreTimeThanAnyone() {
    send("POST /in/a HTTP/1.1\r\n" + HOST + "Authorization: yes\r\nContent-Length: 5\r\n\r\nhe");
    socket.advanceTimeBy(CONFIG.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
    socket.runPendingTasks();
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void waitsForAnAnswerAsLongAsItTakes() {
    send(post("one"));
    socket.advanceTimeBy(CONFIG.handshakeTimeout().multipliedBy(2).toNanos(), TimeUnit.NANOSECONDS);
    socket.runPendingTasks();
    assertThat(answer(0, 202)).startsWith("HTTP/1.1 202 ");
  }

  private static String post(String body) {
    return "POST /in/a HTTP/1.1\r\n"
        + HOST
        + "Authorization: yes\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n";
  }

  private String answer(int number, int status) {
    answers.get(number).answer(HttpReply.text(status, ""));
    return read();
  }

  private String send(String text) {
    socket.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
    return read();
  }

  private String read() {
    socket.runPendingTasks();
    StringBuilder reply = new StringBuilder();
    for (ByteBuf next = socket.readOutbound(); next != null; next = socket.readOutbound()) {
      reply.append(next.toString(ISO_8859_1));
      next.release();
    }
    return reply.toString();
  }
}
