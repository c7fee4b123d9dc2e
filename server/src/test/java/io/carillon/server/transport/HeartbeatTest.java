package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Incarnation;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private static final Duration PERIOD = Duration.ofSeconds(25);
  private static final String PING = "8900";
  private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};

  /** Every write is larger than this, so it is sent at once. */
  private static final TransportConfig AT_ONCE =
      new TransportConfig(
          "",
          0,
          1,
          125,
          125,
          1,
          1,
          64,
          256,
          PERIOD,
          PERIOD,
          PERIOD,
          IoBackend.AUTO,
          HttpConfig.DEFAULTS,
          ProxyConfig.DEFAULTS,
          ClientLimits.DEFAULTS);

  private final TestSocket clock = new TestSocket();
  private final NettyLoop loop = new NettyLoop(clock.eventLoop());
  private final Heartbeat heartbeat = new Heartbeat(loop, PERIOD);

  private TestSocket connect(TransportConfig config) {
    TestSocket socket = new TestSocket();
    WebSocketConnection connection =
        new WebSocketConnection(
            socket,
            new LoopContext(
                loop,
                heartbeat,
                config,
                new OutboundBudget(Long.MAX_VALUE),
                new TransportCounters(),
                new Traffic(),
                DirectSend.NONE,
                new Incarnation(1, 2)),
            1);
    socket.pipeline().addLast(connection);
    connection.begin(new QuietSession());
    return socket;
  }

  @Test
  void goesOnAfterAnErrorInOneVisit() {
    heartbeat.start();
    TestSocket broken = connect(AT_ONCE);
    broken.config().setAllocator(new BrokenAllocator());
    clock.advanceTimeBy(PERIOD.dividedBy(2).toNanos(), TimeUnit.NANOSECONDS);
    runTasks();
    TestSocket sound = connect(TransportConfig.DEFAULTS);

    for (int tick = 0; tick < 30; tick++) {
      clock.advanceTimeBy(PERIOD.dividedBy(25).toNanos(), TimeUnit.NANOSECONDS);
      runTasks();
    }

    assertThat(sound.sent()).isEqualTo(PING);
  }

  /** The session leaves with 1012, which is 03f4. */
  @Test
  void aConnectionAsOldAsItMayBecomeIsToldToReconnect() {
    TransportConfig hour =
        TransportConfig.DEFAULTS.withClients(
            ProxyConfig.DEFAULTS, new ClientLimits(1, Integer.MAX_VALUE, Duration.ofHours(1)));
    heartbeat.start();
    TestSocket socket = connect(hour);
    TestSocket forever = connect(TransportConfig.DEFAULTS);
    int ticks = 0;
    while (ticks < 4000 && !socket.sent().contains("03f4")) {
      socket.writeInbound(Unpooled.copiedBuffer(PONG));
      forever.writeInbound(Unpooled.copiedBuffer(PONG));
      clock.advanceTimeBy(PERIOD.dividedBy(25).toNanos(), TimeUnit.NANOSECONDS);
      clock.runPendingTasks();
      ticks++;
    }

    assertThat(Duration.ofSeconds(ticks)).isBetween(Duration.ofMinutes(45), Duration.ofHours(1));
    assertThat(forever.sent()).doesNotContain("03f4");
  }

  /** The loop of a test rethrows the error of a task. */
  private void runTasks() {
    try {
      clock.runPendingTasks();
    } catch (AssertionError onPurpose) {
      assertThat(onPurpose).hasMessage("on purpose");
    }
  }

  private static final class BrokenAllocator extends AbstractByteBufAllocator {
    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      throw new AssertionError("on purpose");
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      throw new AssertionError("on purpose");
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }
}
