package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.hub.Disconnect;
import io.carillon.message.Incarnation;
import io.carillon.protocol.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacedCloseTest {

  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final Incarnation NODE = new Incarnation(1, 2);

  private final TestSocket clock = new TestSocket();
  private final NettyLoop loop = new NettyLoop(clock.eventLoop());
  private final Heartbeat heartbeat = new Heartbeat(loop, Duration.ofSeconds(25));
  private final List<TestSocket> sockets = new ArrayList<>();
  private final List<WebSocketConnection> connections = new ArrayList<>();

  private static final class FailingSession extends QuietSession {
    @Override
    public CompletionStage<Disconnect> onShutdown() {
      throw new IllegalStateException("a bug, on purpose");
    }
  }

  @AfterEach
  void close() {
    sockets.forEach(TestSocket::finishAndReleaseAll);
  }

  private TestSocket connect(Session session) {
    TestSocket socket = new TestSocket();
    WebSocketConnection connection =
        new WebSocketConnection(
            socket,
            new LoopContext(
                loop,
                heartbeat,
                TransportConfig.DEFAULTS,
                new OutboundBudget(Long.MAX_VALUE),
                new TransportCounters(),
                new Traffic(),
                DirectSend.NONE,
                NODE),
            sockets.size());
    socket.pipeline().addLast(connection);
    connection.begin(session);
    sockets.add(socket);
    connections.add(connection);
    return socket;
  }

  private CompletableFuture<Void> start() {
    CompletableFuture<Void> done = new PacedClose(loop, WINDOW).start(() -> connections);
    clock.runPendingTasks();
    return done;
  }

  private void pass(Duration duration) {
    clock.advanceTimeBy(duration.toNanos(), TimeUnit.NANOSECONDS);
    clock.runPendingTasks();
  }

  private long closed() {
    return sockets.stream().filter(TestSocket::isOutputShutdown).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 50, 51, 60, 1000})
  void spreadsTheClosesEvenlyOverTheWindow(int count) {
    for (int i = 0; i < count; i++) {
      connect(new QuietSession());
    }
    CompletableFuture<Void> done = start();
    for (int tenth = 1; tenth < 10; tenth++) {
      for (int step = 0; step < 5; step++) {
        pass(WINDOW.dividedBy(50));
      }
      assertThat((double) closed())
          .as("after %d tenths", tenth)
          .isCloseTo(count * tenth / 10.0, Offset.offset(1 + count / 50.0));
    }
    for (int step = 0; step < 5; step++) {
      pass(WINDOW.dividedBy(50));
    }
    assertThat(closed()).isEqualTo(count);
    assertThat(done).isNotDone();
    sockets.forEach(TestSocket::close);
    assertThat(done).isDone();
  }

  @Test
  void catchesUpWhenTheLoopIsLate() {
    for (int i = 0; i < 1000; i++) {
      connect(new QuietSession());
    }
    start();
    pass(WINDOW.dividedBy(2));
    assertThat(closed()).isBetween(500L, 520L);
    pass(WINDOW.dividedBy(2));
    assertThat(closed()).isEqualTo(1000);
  }

  @Test
  void isBackInStepAfterOneLateBatch() {
    for (int i = 0; i < 1000; i++) {
      connect(new QuietSession());
    }
    start();
    pass(WINDOW.dividedBy(50).multipliedBy(3).dividedBy(2));
    assertThat(closed()).isEqualTo(40);
    pass(WINDOW.dividedBy(100));
    assertThat(closed()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void doesNotKeepOneClientWaiting(int count) {
    for (int i = 0; i < count; i++) {
      connect(new QuietSession());
    }
    CompletableFuture<Void> done = start();
    assertThat(closed()).isEqualTo(count);
    sockets.forEach(TestSocket::close);
    assertThat(done).isDone();
  }

  @Test
  void goesOnWhenOneCanNotBeClosed() {
    TestSocket first = connect(new QuietSession());
    connect(new FailingSession());
    TestSocket last = connect(new QuietSession());
    CompletableFuture<Void> done = start();
    for (int i = 0; i < 50; i++) {
      pass(WINDOW.dividedBy(50));
    }
    assertThat(first.isOutputShutdown()).isTrue();
    assertThat(last.isOutputShutdown()).isTrue();
    first.close();
    last.close();
    assertThat(done).isDone();
  }
}
