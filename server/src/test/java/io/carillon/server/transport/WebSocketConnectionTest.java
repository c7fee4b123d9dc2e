package io.carillon.server.transport;

import static io.carillon.server.transport.ClientFrames.BINARY;
import static io.carillon.server.transport.ClientFrames.CLOSE;
import static io.carillon.server.transport.ClientFrames.PING;
import static io.carillon.server.transport.ClientFrames.PONG;
import static io.carillon.server.transport.ClientFrames.close;
import static io.carillon.server.transport.ClientFrames.frame;
import static io.carillon.server.transport.ClientFrames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.hub.Disconnect;
import io.carillon.hub.Frame;
import io.carillon.message.Incarnation;
import io.carillon.protocol.Session;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketConnectionTest {

  static final int MAX_OUTBOUND = 10_000;
  static final Duration HEARTBEAT = Duration.ofSeconds(25);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  static final TransportConfig CONFIG =
      new TransportConfig(
          "",
          0,
          1,
          1000,
          1000,
          MAX_OUTBOUND,
          Long.MAX_VALUE,
          64,
          256,
          HEARTBEAT,
          HEARTBEAT,
          CLOSE_TIMEOUT,
          IoBackend.AUTO,
          HttpConfig.DEFAULTS,
          ProxyConfig.DEFAULTS,
          ClientLimits.DEFAULTS);

  private static final Frame SLOW = Frame.close(1013, "slow consumer");

  private final TestSocket socket = new TestSocket();
  private final NettyLoop loop = new NettyLoop(socket.eventLoop());
  private final Heartbeat heartbeat = new Heartbeat(loop, HEARTBEAT);
  private final TransportCounters counters = new TransportCounters();
  private final WebSocketConnection connection =
      new WebSocketConnection(
          socket,
          new LoopContext(
              loop,
              heartbeat,
              CONFIG,
              new OutboundBudget(Long.MAX_VALUE),
              counters,
              counters.newTraffic(),
              DirectSend.NONE,
              new Incarnation(1, 2)),
          7);
  private final RecordingSession session = new RecordingSession();
  private final List<ByteBuf> received = new ArrayList<>();

  /** Remembers; obeys "pause" and "fail". */
  private final class RecordingSession implements Session {
    final List<String> heard = new ArrayList<>();
    Optional<Disconnect> lastWords = Optional.empty();

    @Override
    public void onText(String text) {
      heard.add(text);
      switch (text) {
        case "pause" -> connection.pauseReading();
        case "fail" -> throw new IllegalStateException("a bug, on purpose");
        default -> {}
      }
    }

    @Override
    public void onBinary(byte[] data) {
      heard.add(HexFormat.of().formatHex(data));
    }

    @Override
    public Optional<Disconnect> onSilence() {
      return lastWords;
    }

    @Override
    public CompletionStage<Disconnect> onShutdown() {
      return CompletableFuture.completedFuture(Disconnect.RESTART);
    }

    @Override
    public void onClosed() {
      heard.add("closed");
    }
  }

  @BeforeEach
  void begin() {
    socket.pipeline().addLast(connection);
    heartbeat.start();
    connection.begin(session);
  }

  @AfterEach
  void everyBufferIsReleased() {
    socket.close();
    assertThat(received).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
  }

  @Test
  void hasAnIdThatIsUniqueInTheCluster() {
    assertThat(connection.id()).isEqualTo(new Incarnation(1, 2) + "-7");
  }

  @Test
  void handsMessagesToTheSession() {
    receive(text("größe"), frame(true, BINARY, new byte[] {1, 2}));
    assertThat(session.heard).containsExactly("größe", "0102");
  }

  @Test
  void readsFramesThatArriveInPieces() {
    byte[] bytes = text("hello");
    for (byte b : bytes) {
      receive(new byte[] {b});
    }
    receive(Arrays.copyOf(bytes, 3));
    receive(Arrays.copyOfRange(bytes, 3, bytes.length));
    assertThat(session.heard).containsExactly("hello", "hello");
  }

  @Test
  void keepsWhatWasReceivedDuringAPauseInItsOrder() {
    connection.pauseReading();
    receive(text("1"), text("2"));
    receive(text("3"));
    assertThat(session.heard).isEmpty();
    assertThat(socket.config().isAutoRead()).isFalse();

    connection.resumeReading();
    socket.runPendingTasks();
    assertThat(session.heard).containsExactly("1", "2", "3");
    assertThat(socket.config().isAutoRead()).isTrue();
  }

  @Test
  void stopsInTheMiddleOfAReadWhenTheSessionPauses() {
    byte[] cut = text("4");
    receive(text("1"), text("pause"), text("2"), text("pause"), text("3"), Arrays.copyOf(cut, 2));
    assertThat(session.heard).containsExactly("1", "pause");
    connection.resumeReading();
    socket.runPendingTasks();
    assertThat(session.heard).containsExactly("1", "pause", "2", "pause");
    assertThat(socket.config().isAutoRead()).isFalse();
    connection.resumeReading();
    socket.runPendingTasks();
    receive(Arrays.copyOfRange(cut, 2, cut.length));
    assertThat(session.heard).endsWith("3", "4");
  }

  @Test
  void writesTheFramesOfOneTurnAtOnce() {
    connection.send(Frame.text("1"));
    connection.send(Frame.text("2"));
    connection.send(Frame.text("3"));
    assertThat(socket.writes()).isZero();
    socket.runPendingTasks();
    assertThat(socket.writes()).isEqualTo(1);
    assertThat(socket.sent()).isEqualTo("810131" + "810132" + "810133");

    for (int i = 0; i < 100; i++) {
      connection.send(Frame.text("x"));
    }
    socket.runPendingTasks();
    assertThat(socket.writes()).isEqualTo(2);
    assertThat(socket.sent()).isEqualTo("810178".repeat(100));
  }

  @Test
  void writesWhatIsQueuedWhenTheHubFlushesAndNothingAtTheTurnsEnd() {
    connection.send(Frame.text("1"));
    loop.flush();
    assertThat(socket.writes()).isEqualTo(1);
    socket.runPendingTasks();
    assertThat(socket.writes()).isEqualTo(1);
  }

  @Test
  void closesAClientThatReadsTooSlowly() {
    socket.stall();
    connection.send(Frame.binary(new byte[MAX_OUTBOUND / 2]));
    socket.runPendingTasks();
    assertThat(session.heard).isEmpty();
    connection.send(Frame.binary(new byte[MAX_OUTBOUND / 2]));
    socket.runPendingTasks();
    connection.send(Frame.text("too late"));
    socket.runPendingTasks();
    assertThat(socket.isOutputShutdown()).isFalse();

    socket.unstall();
    assertThat(counters.slowConsumers.sum()).isEqualTo(1);
    assertThat(socket.sent()).endsWith(hex(SLOW));
    assertThat(socket.isOutputShutdown()).isTrue();
  }

  @Test
  void queuesNotMuchMoreThanTheBoundForASlowClientInOneTurn() {
    socket.stall();
    int size = MAX_OUTBOUND / 10;
    for (int i = 0; i < 100; i++) {
      connection.send(Frame.binary(new byte[size]));
    }
    socket.runPendingTasks();
    assertThat(socket.unsentBytes()).isBetween(MAX_OUTBOUND + 1L, MAX_OUTBOUND + 2L * size);
    socket.unstall();
    assertThat(socket.sent()).endsWith(hex(SLOW));
    assertThat(socket.isOutputShutdown()).isTrue();
  }

  @Test
  void sendsAClientThatReadsALotOfOneTurnAll() {
    for (int i = 0; i < 100; i++) {
      connection.send(Frame.binary(new byte[MAX_OUTBOUND / 10]));
    }
    socket.runPendingTasks();
    assertThat(socket.sent()).isEqualTo(hex(Frame.binary(new byte[MAX_OUTBOUND / 10])).repeat(100));
    assertThat(socket.isOutputShutdown()).isFalse();
  }

  @Test
  void sendsOneCloseFrameWhenTheFirstOneMakesTooMuch() {
    socket.stall();
    Frame fits = Frame.binary(new byte[MAX_OUTBOUND - 4]);
    assertThat(fits.size()).isEqualTo(MAX_OUTBOUND);
    connection.send(fits);
    connection.close(Disconnect.RESTART);
    socket.runPendingTasks();
    socket.unstall();
    assertThat(socket.sent()).isEqualTo(hex(fits) + hex(Frame.close(1012, "service restart")));
  }

  @Test
  void cutsASlowClientWhenTheTimeToCloseIsUp() {
    socket.stall();
    connection.send(Frame.binary(new byte[MAX_OUTBOUND]));
    socket.runPendingTasks();
    pass(CLOSE_TIMEOUT.minusMillis(1));
    assertThat(socket.isOpen()).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(socket.isOpen()).isFalse();
    assertThat(session.heard).containsExactly("closed");
  }

  @Test
  void boundsWhatIsUnsentAndNotWhatIsSent() {
    for (int i = 0; i < 10; i++) {
      connection.send(Frame.binary(new byte[MAX_OUTBOUND]));
      socket.runPendingTasks();
    }
    assertThat(socket.sent()).doesNotContain(hex(SLOW));
  }

  @Test
  void sendsTheCloseFrameLastAndDiscardsWhatComes() {
    connection.send(Frame.text("1"));
    connection.close(Disconnect.RESTART);
    connection.send(Frame.text("2"));
    connection.close(Disconnect.INTERNAL_ERROR);
    socket.runPendingTasks();
    assertThat(socket.sent()).isEqualTo("810131" + hex(Frame.close(1012, "service restart")));
    assertThat(socket.isOutputShutdown()).isTrue();
    receive(text("ignored"), close(1012, ""));
    assertThat(session.heard).isEmpty();
    assertThat(socket.sent()).isEmpty();
    socket.close();
    assertThat(session.heard).containsExactly("closed");
  }

  @Test
  void echoesTheCodeOfAClientsCloseAndEnds() {
    connection.send(Frame.text("1"));
    receive(close(4321, "bye"), text("behind"));
    assertThat(socket.sent()).isEqualTo("810131" + "880210e1");
    assertThat(socket.isOpen()).isFalse();
    assertThat(session.heard).containsExactly("closed");
  }

  @Test
  void answersACloseWithoutACodeWithoutOne() {
    receive(frame(true, CLOSE, new byte[0]));
    assertThat(socket.sent()).isEqualTo("8800");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void answersAPingWithItsPayload() {
    receive(frame(true, PING, "abc".getBytes(UTF_8)));
    assertThat(socket.sent()).isEqualTo("8a03616263");
    assertThat(session.heard).isEmpty();
  }

  @Test
  void closesWithTheCodeOfTheViolation() {
    receive(new byte[] {(byte) 0x81, 0});
    assertThat(socket.sent()).startsWith("88").contains("03ea");
    receive(text("ignored"));
    assertThat(session.heard).isEmpty();
  }

  @Test
  void closesAClientWhoseTextIsNotUtf8() {
    receive(frame(true, ClientFrames.TEXT, new byte[] {(byte) 0xFF}));
    assertThat(socket.sent()).isEqualTo(hex(Frame.close(1007, "a text message is not UTF-8")));
  }

  @Test
  void closesAClientWhoseMessageIsTooLong() {
    receive(text("x".repeat(1001)));
    assertThat(socket.sent())
        .isEqualTo(hex(Frame.close(1009, "a frame may have at most 1000 bytes")));
  }

  @Test
  void closesTheClientOnWhichASessionFailed() {
    receive(text("fail"), text("ignored"));
    assertThat(socket.sent()).isEqualTo(hex(Frame.close(1011, "internal error")));
    assertThat(session.heard).containsExactly("fail");
  }

  @Test
  void shutsDownInTheProtocolsWay() {
    CompletableFuture<Void> gone = connection.shutDown();
    socket.runPendingTasks();
    assertThat(socket.sent()).isEqualTo(hex(Frame.close(1012, "service restart")));
    assertThat(gone).isNotDone();
    socket.close();
    assertThat(gone).isDone();
  }

  @Test
  void pingsOnceAHeartbeat() {
    pass(HEARTBEAT.minusMillis(1));
    assertThat(socket.sent()).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(socket.sent()).isEqualTo("8900");
    receive(frame(true, PONG, new byte[0]));
    pass(HEARTBEAT);
    assertThat(socket.sent()).isEqualTo("8900");
  }

  @Test
  void cutsAClientThatIsSilentForAWholeHeartbeatAfterAPing() {
    pass(HEARTBEAT.plus(HEARTBEAT).minusMillis(1));
    assertThat(socket.isOpen()).isTrue();
    pass(Duration.ofMillis(1));
    assertThat(socket.isOpen()).isFalse();
    assertThat(session.heard).containsExactly("closed");
    pass(HEARTBEAT);
  }

  @Test
  void tellsASilentClientWhatItsProtocolSays() {
    session.lastWords = Optional.of(new Disconnect(4201, "no answer"));
    pass(HEARTBEAT);
    socket.sent();
    pass(HEARTBEAT);
    assertThat(socket.sent()).isEqualTo(hex(Frame.close(4201, "no answer")));
    assertThat(socket.isOpen()).as("it may hear it").isTrue();
    pass(HEARTBEAT);
    assertThat(socket.isOpen()).isFalse();
    assertThat(session.heard).containsExactly("closed");
  }

  @Test
  void takesAnySignOfLifeForAnAnswer() {
    for (int i = 0; i < 5; i++) {
      pass(HEARTBEAT);
      receive(new byte[] {(byte) 0x81});
      socket.runPendingTasks();
      receive(Arrays.copyOfRange(text("x"), 1, 7));
    }
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void doesNotTakeAPausedClientForDeadNorOneThatHasJustBeenResumed() {
    pass(HEARTBEAT);
    connection.pauseReading();
    pass(HEARTBEAT);
    pass(HEARTBEAT.minusMillis(1));
    connection.resumeReading(); // Its answers are in the socket and have not been read yet.
    pass(Duration.ofMillis(1));
    assertThat(socket.isOpen()).isTrue();
    pass(HEARTBEAT);
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void countsWhatGoesToAndFro() {
    byte[] text = ClientFrames.text("hello");
    receive(text);
    connection.send(Frame.text("one"));
    connection.send(Frame.text("two"));
    socket.runPendingTasks();

    TransportStats.Traffic traffic = counters.stats(0, 0, 0, 0, 0).traffic();
    assertThat(traffic)
        .isEqualTo(
            new TransportStats.Traffic(
                text.length, Frame.text("one").size() + Frame.text("two").size(), 1, 2));
  }

  @Test
  void countsOnceWhyAClientWentAndThatItCame() {
    connection.close(Disconnect.INTERNAL_ERROR);
    socket.close();

    assertThat(counters.stats(0, 0, 0, 0, 0).opened()).isOne();
    assertThatItEnded(CloseReason.SESSION);
  }

  @Test
  void countsAClientWhoseTokenHasExpiredAsThat() {
    connection.close(Disconnect.expired(4401, "over"));
    socket.close();

    assertThatItEnded(CloseReason.EXPIRED);
  }

  @Test
  void countsAConnectionThatEndsByItselfAsLost() {
    socket.close();

    assertThatItEnded(CloseReason.LOST);
  }

  @Test
  void countsADrainedClientAsThat() {
    connection.shutDown();
    socket.close();

    assertThatItEnded(CloseReason.DRAIN);
  }

  @Test
  void countsAMessageThatIsTooLongApartFromABrokenProtocol() {
    receive(ClientFrames.text("x".repeat(CONFIG.maxMessageBytes() + 1)));
    socket.close();

    assertThatItEnded(CloseReason.TOO_LARGE);
  }

  private void assertThatItEnded(CloseReason why) {
    Map<CloseReason, Long> closed = counters.stats(0, 0, 0, 0, 0).closed();
    for (CloseReason reason : CloseReason.values()) {
      assertThat(closed).containsEntry(reason, reason == why ? 1L : 0L);
    }
  }

  private void receive(byte[]... frames) {
    ByteBuf buffer = ClientFrames.buffer(frames);
    received.add(buffer);
    socket.writeInbound(buffer);
    socket.runPendingTasks();
  }

  /** Lets time pass, and every timer run at its own moment. */
  private void pass(Duration duration) {
    Duration step = HEARTBEAT.dividedBy(25);
    Duration left = duration;
    while (left.isPositive()) {
      Duration now = left.compareTo(step) < 0 ? left : step;
      socket.advanceTimeBy(now.toNanos(), TimeUnit.NANOSECONDS);
      socket.runPendingTasks(); // Timers,
      socket.runPendingTasks(); // and what they have posted.
      left = left.minus(now);
    }
  }

  private static String hex(Frame frame) {
    return HexFormat.of().formatHex(frame.bytes());
  }
}
