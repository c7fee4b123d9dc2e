package io.carillon.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.auth.Rejection;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
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

/** One HTTP connection without a network, to a door with fixed answers. */
final class RoutedSocket {

  static final TransportConfig CONFIG = TransportConfig.DEFAULTS;
  static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
  static final String ASK = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
  static final String HANDSHAKE = ASK + KEY + VERSION;

  final TransportCounters counters = new TransportCounters();
  final ConnectionCounter clients = new ConnectionCounter(1);
  final HttpContext context = HttpContext.of(CONFIG, counters, clients);
  final List<Handshake> upgrades = new ArrayList<>();
  final Door door = new Door();
  final EmbeddedChannel socket = withRouter(new EmbeddedChannel());

  /**
   * Answers /up and /same, fails at /bug and /bug/later, and serves WebSockets at every path but
   * /nowhere.
   */
  static final class Door implements Gatekeeper {
    final List<HttpHead> asked = new ArrayList<>();
    @Nullable HttpReply refusal;

    @Override
    public HttpRoutes routes() {
      return new HttpRoutes(
          PathPrefix.NONE,
          List.of(
              route("/up", HttpReply.json(200, "{}")),
              route("/same", HttpReply.text(304, "").with("ETag", "\"x\"")),
              route("/", HttpReply.upgradeRequired("Upgrade Required")),
              HttpRoute.any(
                  PathPattern.exact("/bug"),
                  _ -> {
                    throw new IllegalStateException("a bug, for this test");
                  }),
              HttpRoute.any(PathPattern.exact("/bug/later"), _ -> new Failing())),
          _ -> HttpReply.text(404, "Nothing is at this path.\n"));
    }

    private HttpRoute route(String path, HttpReply reply) {
      return HttpRoute.any(
          PathPattern.exact(path),
          HttpHandler.answering(
              head -> {
                asked.add(head);
                return reply;
              }));
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

  private static final class Failing implements HttpAdmission.Admitted {
    @Override
    public int maxBodyBytes() {
      return 0;
    }

    @Override
    public HttpReply tooLong() {
      return HttpReply.text(413, "");
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      throw new IllegalStateException("a bug, for this test");
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

  /** Another connection to the same door. */
  <C extends EmbeddedChannel> C withRouter(C channel) {
    channel.freezeTime();
    HttpPipeline.begin(
        channel,
        door,
        context,
        (ctx, request, welcome) -> upgrades.add(Handshake.of(context.headOf(request, channel))));
    return channel;
  }

  String get(String target, String headers) {
    return send(request(target, headers));
  }

  static String request(String target, String headers) {
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
  }

  static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, ISO_8859_1);
  }

  /** Sends this text, and returns the answers so far. */
  String send(String text) {
    socket.writeInbound(bytes(text));
    socket.runPendingTasks();
    StringBuilder reply = new StringBuilder();
    for (ByteBuf next = socket.readOutbound(); next != null; next = socket.readOutbound()) {
      reply.append(next.toString(ISO_8859_1));
      next.release();
    }
    return reply.toString();
  }

  boolean isOpen() {
    return socket.isOpen();
  }

  void pass(Duration duration) {
    socket.advanceTimeBy(duration.toNanos(), TimeUnit.NANOSECONDS);
    socket.runPendingTasks();
  }

  static void assertRefused(String reply, int status) {
    assertThat(reply).startsWith("HTTP/1.1 " + status + " ").contains("connection: close\r\n");
  }
}
