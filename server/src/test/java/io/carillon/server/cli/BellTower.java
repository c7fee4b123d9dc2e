package io.carillon.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.hub.Frame;
import io.carillon.metrics.MetricSource;
import io.carillon.protocol.Answer;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The bells of a node: a client that has said {@code hear NAME} hears the bell of that name, which
 * backends ring with {@code POST /bells}.
 */
final class BellTower implements FrontEnd, Protocol {

  private static final String PASS = "Bell canary-pass";

  private final List<BellSession> sessions = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> heard;

  /**
   * @param heard completes with the name of a bell that a client hears
   */
  BellTower(CompletableFuture<String> heard) {
    this.heard = heard;
  }

  @Override
  public List<Protocol> protocols() {
    return List.of(this);
  }

  /** The dialect does not know the second path. */
  @Override
  public boolean claims(Handshake handshake) {
    return handshake.path().equals("/bells") || handshake.path().equals("/odd");
  }

  @Override
  public Answer answer(Handshake handshake) {
    return new Answer.Welcome(
        "",
        (connection, _) -> {
          connection.send(Frame.text(BellDialect.GREETING));
          BellSession session = new BellSession(connection, sessions, heard);
          sessions.add(session);
          return session;
        });
  }

  @Override
  public List<HttpRoute> routes() {
    return List.of(HttpRoute.of("POST", PathPattern.exact("/bells"), this::admit));
  }

  private HttpAdmission admit(HttpHead head) {
    return head.authorization().equals(PASS)
        ? new Ringing()
        : new HttpAdmission.Refused(HttpReply.text(401, "no such pass\n"));
  }

  /** A request that rings a bell. */
  private final class Ringing implements HttpAdmission.Admitted {

    @Override
    public int maxBodyBytes() {
      return 1_000;
    }

    @Override
    public HttpReply tooLong() {
      return HttpReply.text(413, "too long\n");
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      String bell = new String(body, UTF_8);
      new ArrayList<>(sessions).forEach(session -> session.ring(bell));
      exchange.answer(HttpReply.text(200, "rung\n"));
    }
  }

  @Override
  public List<MetricSource> metrics() {
    return List.of();
  }

  @Override
  public boolean takesPublications() {
    return true;
  }

  @Override
  public String address() {
    return "/bells";
  }
}
