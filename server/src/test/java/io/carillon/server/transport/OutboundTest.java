package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.hub.Frame;
import io.carillon.message.Incarnation;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Sends that bypass Netty, however much of them a socket takes: no byte is lost or out of order.
 */
class OutboundTest {

  private static final String FIRST = "8103616263" + "8102" + "6465";
  private static final String SECOND = "8103" + "585858" + "8102" + "5959";

  private final TestSocket socket = new TestSocket();
  private final TestSocket otherSocket = new TestSocket();
  private final NettyLoop loop = new NettyLoop(socket.eventLoop());
  private final OutboundBudget budget = new OutboundBudget(Long.MAX_VALUE);
  private final TransportCounters counters = new TransportCounters();

  /** The number of bytes that each direct send takes, and the bytes that were taken. */
  private int takes;

  private final StringBuilder taken = new StringBuilder();

  private final LoopContext context =
      new LoopContext(
          loop,
          new Heartbeat(loop, Duration.ofSeconds(25)),
          TransportConfig.DEFAULTS,
          budget,
          counters,
          counters.newTraffic(),
          (_, bytes, length) -> {
            int some = Math.min(takes, length);
            taken.append(HexFormat.of().formatHex(bytes, 0, some));
            return some;
          },
          new Incarnation(1, 2));
  private final Outbound outbound = new Outbound(socket, context);
  private final Outbound other = new Outbound(otherSocket, context);

  @AfterEach
  void end() {
    socket.close();
    otherSocket.close();
  }

  private static void queue(Outbound to, String one, String two) {
    to.add(Frame.text(one));
    to.add(Frame.text(two));
  }

  @Test
  void aSendThatEndsAtAnyByteIsContinuedByNetty() {
    int length = FIRST.length() / 2;
    for (takes = 0; takes <= length; takes++) {
      taken.setLength(0);
      queue(outbound, "abc", "de");
      outbound.sendAndForget();
      assertThat(taken.toString()).isEqualTo(FIRST.substring(0, 2 * takes));
      assertThat(taken + socket.sent()).isEqualTo(FIRST);
    }
  }

  @Test
  void theUnsentEndOfOneIsNotOverwrittenByTheNext() {
    int length = FIRST.length() / 2;
    for (takes = 0; takes < length; takes++) {
      taken.setLength(0);
      socket.stall();
      queue(outbound, "abc", "de");
      outbound.sendAndForget();
      String head = taken.toString();
      queue(other, "XXX", "YY");
      other.sendAndForget();
      socket.unstall();
      assertThat(head + socket.sent()).isEqualTo(FIRST);
      assertThat(taken.substring(head.length()) + otherSocket.sent()).isEqualTo(SECOND);
    }
  }

  @Test
  void nothingOvertakesWhatIsWrittenAndNotFlushed() {
    takes = Integer.MAX_VALUE;
    socket.write(Unpooled.wrappedBuffer(new byte[] {1}));
    outbound.add(Frame.text("a"));
    outbound.sendAndForget();
    assertThat(taken).isEmpty();
    assertThat(socket.sent()).isEqualTo("01" + "810161");
  }

  @Test
  void nothingOvertakesWhatTheSocketHasNotTaken() {
    socket.stall();
    outbound.add(Frame.text("a"));
    outbound.sendAndForget();
    takes = Integer.MAX_VALUE;
    outbound.add(Frame.text("b"));
    outbound.sendAndForget();
    assertThat(taken).isEmpty();
    socket.unstall();
    assertThat(socket.sent()).isEqualTo("810161" + "810162");

    outbound.add(Frame.text("c"));
    outbound.sendAndForget();
    assertThat(taken.toString()).isEqualTo("810163");
  }

  @Test
  void whatIsUnsentCountsWhateverWayItWasTo() {
    takes = 1;
    socket.stall();
    outbound.add(Frame.binary(new byte[100_000]));
    outbound.sendAndForget();
    assertThat(outbound.measure()).isGreaterThanOrEqualTo(100_000);
    assertThat(budget.bytes()).isEqualTo(outbound.measure());
    socket.unstall();
    assertThat(outbound.measure()).isZero();
    assertThat(budget.bytes()).isZero();
  }
}
