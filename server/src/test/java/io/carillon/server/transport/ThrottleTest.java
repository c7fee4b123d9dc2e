package io.carillon.server.transport;

import static io.carillon.server.transport.ClientFrames.PING;
import static io.carillon.server.transport.ClientFrames.frame;
import static io.carillon.server.transport.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.hub.Frame;
import io.carillon.message.Incarnation;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that sends and doesn't read. */
class ThrottleTest {

  private static final int MAX_OUTBOUND = WebSocketConnectionTest.MAX_OUTBOUND;
  private static final int UNWRITABLE = 2_000;
  private static final Duration HEARTBEAT = WebSocketConnectionTest.HEARTBEAT;

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
              WebSocketConnectionTest.CONFIG,
              new OutboundBudget(Long.MAX_VALUE),
              counters,
              counters.newTraffic(),
              DirectSend.NONE,
              new Incarnation(1, 2)),
          7);
  private final List<String> heard = new ArrayList<>();

  private final class Listener extends QuietSession {
    @Override
    public void onText(String text) {
      heard.add(text);
    }
  }

  @BeforeEach
  void begin() {
    socket.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, UNWRITABLE));
    socket.pipeline().addLast(connection);
    heartbeat.start();
    connection.begin(new Listener());
  }

  @AfterEach
  void end() {
    socket.sent();
    socket.close();
  }

  @Test
  void isNotReadUntilItListens() {
    socket.stall();
    send(UNWRITABLE);

    receive(text("one"), text("two"));
    receive(text("three"));
    assertThat(heard).containsExactly("one");
    assertThat(socket.config().isAutoRead()).isFalse();

    socket.unstall();
    socket.runPendingTasks();
    assertThat(heard).containsExactly("one", "two", "three");
    assertThat(socket.config().isAutoRead()).isTrue();
  }

  @Test
  void isReadWhileItSaysNothing() {
    socket.stall();
    send(UNWRITABLE);

    receive(frame(true, PING, new byte[0]));

    assertThat(socket.config().isAutoRead()).isTrue();
  }

  @Test
  void mayHaveMoreWaitingForItSinceItWasNotTold() {
    socket.stall();
    send(UNWRITABLE);
    receive(text("one"));

    send(3 * MAX_OUTBOUND);
    assertThat(counters.slowConsumers.sum()).isZero();
    send(MAX_OUTBOUND);
    assertThat(counters.slowConsumers.sum()).isOne();
  }

  @Test
  void livesAsLongAsItTakesSomething() {
    socket.stall();
    for (int i = 0; i < 4; i++) {
      send(UNWRITABLE);
      receive(text("one"));
      assertThat(socket.config().isAutoRead()).isFalse();
      pass(HEARTBEAT.minusSeconds(1));
      socket.unstall();
      socket.stall();
      send(UNWRITABLE);
      pass(Duration.ofSeconds(1));
      assertThat(socket.isOpen()).isTrue();
    }
  }

  @Test
  void isDeadWhenItTakesNothingForAWholeHeartbeat() {
    pass(HEARTBEAT);
    receive(text("zero"));
    socket.stall();
    send(UNWRITABLE);
    receive(text("one"));

    pass(HEARTBEAT);
    assertThat(socket.isOpen()).as("it had spoken").isTrue();
    pass(HEARTBEAT);
    assertThat(socket.isOpen()).isFalse();
  }

  private void send(int bytes) {
    connection.send(Frame.binary(new byte[bytes]));
    socket.runPendingTasks();
  }

  private void receive(byte[]... frames) {
    socket.writeInbound(Unpooled.wrappedBuffer(frames));
    socket.runPendingTasks();
  }

  /** Lets time pass; every timer runs at its own moment. */
  private void pass(Duration duration) {
    for (long seconds = duration.toSeconds(); seconds > 0; seconds--) {
      socket.advanceTimeBy(1, TimeUnit.SECONDS);
      socket.runPendingTasks(); // Timers,
      socket.runPendingTasks(); // and what they have posted.
    }
  }
}
