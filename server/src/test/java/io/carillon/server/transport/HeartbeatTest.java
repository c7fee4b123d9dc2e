package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Incarnation;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private static final Duration PERIOD = Duration.ofSeconds(25);
  private static final String PING = "8900";

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
