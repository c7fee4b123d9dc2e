package io.carillon.server.transport;

import static io.carillon.server.transport.RoutedSocket.bytes;
import static io.carillon.server.transport.RoutedSocket.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The time of a connection for a request, and the time for which it is kept for the next request.
 */
class HttpKeepAliveTest {

  private static final Duration TIMEOUT = RoutedSocket.CONFIG.handshakeTimeout();
  private static final Duration KEPT = RoutedSocket.CONFIG.http().keepAlive();
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final String HANDSHAKE = RoutedSocket.HANDSHAKE;
  private static final String ASK = RoutedSocket.ASK;
  private static final String KEY = RoutedSocket.KEY;

  private final RoutedSocket http = new RoutedSocket();

  @Test
  void closesAClientThatAsksAndAsksAndReadsNothing() {
    TestSocket deaf = http.withRouter(new TestSocket());
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
    TestSocket deaf = http.withRouter(new TestSocket());
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
  void endsAConnectionThatAsksForNothingInTime() {
    http.pass(TIMEOUT.minusMillis(1));
    assertThat(http.isOpen()).isTrue();
    http.pass(Duration.ofMillis(1));
    assertThat(http.isOpen()).isFalse();
    assertThat(http.counters.handshakeTimeouts.sum()).isEqualTo(1);
  }

  @Test
  void keepsAConnectionBetweenRequestsForItsOwnTime() {
    for (int i = 0; i < 3; i++) {
      assertThat(http.get("/up", "")).contains(" 200 ", "connection: keep-alive\r\n", "timeout=75");
      http.pass(KEPT);
      assertThat(http.isOpen()).as("as long as its client was told").isTrue();
    }
    http.pass(GRACE);
    assertThat(http.isOpen()).isFalse();
    assertThat(http.counters.handshakeTimeouts.sum()).as("it was no handshake").isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /up HTTP/1.1\r\n", "GET /up HTTP/1.1\r\nHost: h\r\nX:"})
  void givesARequestThatHasBegunNoMoreTimeThanTheFirstOne(String beginning) {
    http.get("/up", "");
    http.pass(KEPT.minus(TIMEOUT));
    http.send(beginning);
    http.pass(TIMEOUT.minusMillis(1));
    assertThat(http.isOpen()).isTrue();
    http.pass(Duration.ofMillis(1));
    assertThat(http.isOpen()).isFalse();
  }

  /** Slowloris on a kept connection: each byte must not begin the idle time again. */
  @Test
  void endsAKeptConnectionThatDribbles() {
    http.get("/up", "");
    Duration passed = Duration.ZERO;
    for (byte letter : request("/up", "").getBytes(ISO_8859_1)) {
      http.send("" + (char) letter);
      http.pass(TIMEOUT.dividedBy(10));
      passed = passed.plus(TIMEOUT.dividedBy(10));
      if (!http.isOpen()) {
        break;
      }
    }
    assertThat(http.isOpen()).isFalse();
    assertThat(passed).isLessThanOrEqualTo(TIMEOUT);
  }

  @Test
  void givesTheBeginningOfARequestBehindAnotherItsTime() {
    assertThat(http.send(request("/up", "") + "GET /up HTTP/1.1\r\n")).contains(" 200 ");
    http.pass(TIMEOUT);
    assertThat(http.isOpen()).isFalse();
  }

  /**
   * RFC 9112 section 2.2: some clients send an empty line after a body, which does not belong to
   * it.
   */
  @Test
  void takesEmptyLinesBetweenRequestsForNoBeginning() {
    http.get("/up", "");
    http.send("\r\n");
    http.pass(KEPT.minusMillis(1));
    assertThat(http.get("/up", "")).contains(" 200 ");
    for (int i = 0; i < 10; i++) {
      http.send("\r\n");
      http.pass(KEPT.plus(GRACE).dividedBy(10));
    }
    assertThat(http.isOpen()).as("nor do they earn time").isFalse();
  }

  @Test
  void makesEveryAnswerTheLastOneWhenTheNodeLeaves() {
    assertThat(http.get("/up", "")).contains("connection: keep-alive\r\n");
    http.context.keepAlive().end();
    assertThat(http.get("/up", ""))
        .contains(" 200 ", "connection: close\r\n")
        .doesNotContain("Keep-Alive");
    assertThat(http.isOpen()).isFalse();
  }

  @Test
  void closesWhatIsKeptAndNothingElse() {
    EmbeddedChannel begun = http.withRouter(new EmbeddedChannel());
    EmbeddedChannel first = http.withRouter(new EmbeddedChannel());
    http.get("/up", "");
    for (EmbeddedChannel other : List.of(begun, first)) {
      other.writeInbound(bytes(request("/up", "")));
    }
    begun.writeInbound(bytes("G"));
    http.context.kept().closeOldest();
    assertThat(List.of(http.isOpen(), first.isOpen(), begun.isOpen()))
        .as("the one that waits longest")
        .containsExactly(false, true, true);
    http.context.kept().closeAll();
    assertThat(List.of(first.isOpen(), begun.isOpen())).containsExactly(false, true);
    first.releaseOutbound();
    begun.finishAndReleaseAll();
  }

  /** An answer is lost if its connection is closed before the client has taken it. */
  @Test
  void closesNoKeptConnectionBeforeItsAnswerIsSent() {
    TestSocket slow = http.withRouter(new TestSocket());
    slow.stall();
    slow.writeInbound(bytes(request("/up", "")));
    assertThat(http.context.kept().closeOldest()).as("there is no other").isFalse();
    http.get("/up", "");
    assertThat(http.context.kept().closeOldest()).isTrue();
    assertThat(List.of(slow.isOpen(), http.isOpen())).containsExactly(true, false);
    http.context.kept().closeAll();
    assertThat(slow.isOpen()).isTrue();
    slow.unstall();
    assertThat(slow.isOpen()).as("it has gone once its answer is sent").isFalse();
    assertThat(slow.sent()).isNotEmpty();
  }

  @Test
  void sparesAKeptConnectionWhoseNextRequestComesBeforeItsAnswerIsSent() {
    TestSocket slow = http.withRouter(new TestSocket());
    slow.stall();
    slow.writeInbound(bytes(request("/up", "")));
    http.context.kept().closeAll();
    slow.writeInbound(bytes("G"));
    slow.unstall();
    assertThat(slow.isOpen()).as("its request has begun").isTrue();
    slow.finishAndReleaseAll();
  }

  @Test
  void forgetsAKeptConnectionThatBecomesAWebSocketOrIsClosed() {
    http.get("/up", "");
    assertThat(http.get("/", HANDSHAKE)).isEmpty();
    http.context.kept().closeAll();
    assertThat(http.isOpen()).isTrue();
  }

  @Test
  void endsAConnectionThatDribbles() {
    for (int i = 0; i < 20 && http.isOpen(); i++) {
      http.send("G");
      http.pass(TIMEOUT.dividedBy(10));
    }
    assertThat(http.isOpen()).isFalse();
  }

  @Test
  void givesEveryRequestOfAConnectionItsTime() {
    for (int i = 0; i < 5; i++) {
      http.pass(TIMEOUT.minusMillis(1));
      assertThat(http.get("/up", "")).contains(" 200 ");
    }
    http.pass(KEPT.plus(GRACE));
    assertThat(http.isOpen()).isFalse();
  }
}
