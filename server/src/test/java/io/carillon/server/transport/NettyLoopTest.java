package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.hub.Frame;
import io.carillon.message.Incarnation;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loop goes on, even if a write to one of its connections fails. */
class NettyLoopTest {

  private static final int MAX_OUTBOUND = TransportConfig.DEFAULTS.maxOutboundBytes();

  private final TestSocket brokenSocket = new TestSocket();
  private final TestSocket soundSocket = new TestSocket();
  private final NettyLoop loop = new NettyLoop(brokenSocket.eventLoop());
  private final WebSocketConnection broken = connection(brokenSocket);
  private final WebSocketConnection sound = connection(soundSocket);

  private WebSocketConnection connection(TestSocket socket) {
    Heartbeat heartbeat = new Heartbeat(loop, Duration.ofSeconds(25));
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
                new Incarnation(1, 2)),
            1);
    socket.pipeline().addLast(connection);
    connection.begin(new QuietSession());
    return connection;
  }

  /**
   * Writes to this socket fail with {@code failure}, as if there were no memory for its buffers.
   */
  private static void breakDown(TestSocket socket, Supplier<Throwable> failure) {
    socket
        .config()
        .setAllocator(
            new AbstractByteBufAllocator() {
              @Override
              protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
                throw NettyLoopTest.<RuntimeException>unchecked(failure.get());
              }

              @Override
              protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
                return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
              }

              @Override
              public boolean isDirectBufferPooled() {
                return false;
              }
            });
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchecked(Throwable failure) throws E {
    throw (E) failure;
  }

  private static Throwable failure(String kind) {
    return kind.equals("memory")
        ? new OutOfMemoryError("on purpose")
        : new IllegalStateException("a bug, on purpose");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "bug"})
  void oneConnectionsFailureIsItsOwnEnd(String kind) {
    breakDown(brokenSocket, () -> failure(kind));
    broken.send(Frame.text("lost"));
    sound.send(Frame.text("1"));
    loop.flush();
    assertThat(soundSocket.sent()).isEqualTo("810131");
    assertThat(brokenSocket.isOpen()).isFalse();

    broken.send(Frame.text("lost, too"));
    sound.send(Frame.text("2"));
    brokenSocket.runPendingTasks();
    assertThat(soundSocket.sent()).isEqualTo("810132");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "bug"})
  void oneConnectionsFailureIsNotItsSendersEither(String kind) {
    breakDown(brokenSocket, () -> failure(kind));
    broken.send(
        Frame.binary(new byte[MAX_OUTBOUND])); // So many bytes don't wait for the end of the turn.
    sound.send(Frame.text("1"));
    loop.flush();
    assertThat(soundSocket.sent()).isEqualTo("810131");
    assertThat(brokenSocket.isOpen()).isFalse();
  }

  @Test
  void flushesAgainAfterAnErrorThatNobodyExpected() {
    breakDown(brokenSocket, () -> new StackOverflowError("on purpose"));
    broken.send(Frame.text("lost"));
    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(loop::flush);
    sound.send(Frame.text("1"));
    brokenSocket.runPendingTasks();
    assertThat(soundSocket.sent()).isEqualTo("810131");
  }
}
