package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.hub.Frame;
import io.carillon.message.Incarnation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** All clients of a node together have a limit, too. */
class OutboundBudgetTest {

  private static final int SMALL = 60 << 10;
  private static final int LARGE = 100 << 10;

  private final TestSocket clock = new TestSocket();
  private final NettyLoop loop = new NettyLoop(clock.eventLoop());
  private final Heartbeat heartbeat = new Heartbeat(loop, Duration.ofSeconds(25));
  private final OutboundBudget budget = new OutboundBudget(200 << 10);
  private final TransportCounters counters = new TransportCounters();

  /** A client that reads nothing until the test lets it. */
  private final class Client {
    final TestSocket socket = new TestSocket();
    final WebSocketConnection connection =
        new WebSocketConnection(
            socket,
            new LoopContext(
                loop,
                heartbeat,
                TransportConfig.DEFAULTS,
                budget,
                counters,
                counters.newTraffic(),
                DirectSend.NONE,
                new Incarnation(1, 2)),
            1);

    Client() {
      socket.pipeline().addLast(connection);
      connection.begin(new QuietSession());
      socket.stall();
    }

    Client send(int bytes) {
      connection.send(Frame.binary(new byte[bytes]));
      clock.runPendingTasks();
      return this;
    }

    boolean isClosed() {
      socket.unstall();
      return socket.sent().endsWith("880f03f5" + "736c6f7720636f6e73756d6572");
    }
  }

  @Test
  void closesWhoHasMoreThanAShareWhileTheSumIsOverTheBound() {
    Client first = new Client().send(SMALL);
    Client second = new Client().send(LARGE);
    assertThat(counters.overBudget.sum()).isZero();

    Client third = new Client().send(SMALL);
    assertThat(counters.overBudget.sum()).as("a share is everyone's").isZero();
    second.send(1);

    assertThat(counters.overBudget.sum()).isEqualTo(1);
    assertThat(counters.slowConsumers.sum()).isZero();
    assertThat(budget.bytes()).as("a connection that closes counts no more").isLessThan(200 << 10);
    assertThat(second.isClosed()).isTrue();
    assertThat(first.isClosed()).isFalse();
    assertThat(third.isClosed()).isFalse();
  }

  @Test
  void aLargeBacklogIsFineWhileTheSumIsBelowTheBound() {
    Client only = new Client().send(LARGE).send(LARGE / 2);

    assertThat(only.isClosed()).isFalse();
  }

  @Test
  void forgetsWhatWasTakenWithoutAFurtherWriteAndWhoIsGone() {
    Client reader = new Client().send(LARGE);
    Client leaver = new Client().send(SMALL);
    assertThat(budget.bytes()).isGreaterThan(LARGE + SMALL);

    reader.socket.unstall();
    assertThat(budget.bytes()).isLessThan(LARGE);
    leaver.socket.close();
    assertThat(budget.bytes()).isZero();

    Client other = new Client().send(LARGE).send(LARGE / 2);
    assertThat(other.isClosed()).isFalse();
  }

  @Test
  void aClientThatKeepsPaceChangesNothing() {
    Client quick = new Client();
    quick.socket.unstall();

    quick.send(LARGE).send(LARGE).send(LARGE).send(LARGE);

    assertThat(budget.bytes()).isZero();
    assertThat(quick.isClosed()).isFalse();
  }
}
