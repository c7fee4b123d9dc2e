package io.carillon.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Three loops, which the test runs, and a listener with places for three connections. */
class KeptEvictionTest {

  private static final int LOOPS = 3;

  private final ConnectionCounter sockets = new ConnectionCounter(3);
  private final List<KeptConnections> kept = new ArrayList<>();
  private final List<Queue<Runnable>> tasks = new ArrayList<>();
  private final KeptEviction eviction;

  KeptEvictionTest() {
    List<KeptEviction.OfLoop> loops = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      Queue<Runnable> queue = new ArrayDeque<>();
      KeptConnections connections = new KeptConnections();
      tasks.add(queue);
      kept.add(connections);
      loops.add(new KeptEviction.OfLoop(queue::add, connections));
    }
    eviction = new KeptEviction(loops, sockets);
  }

  private TestSocket keep(int loop) {
    TestSocket socket = new TestSocket();
    assertThat(sockets.tryAdd()).isTrue();
    socket.closeFuture().addListener(sockets.removal());
    kept.get(loop).add(socket);
    return socket;
  }

  private void runAll() {
    while (tasks.stream().anyMatch(queue -> !queue.isEmpty())) {
      tasks.stream().filter(queue -> !queue.isEmpty()).forEach(queue -> queue.remove().run());
    }
  }

  @Test
  void closesTheOldestOfItsOwnLoopAtOnce() {
    TestSocket other = keep(1);
    TestSocket oldest = keep(0);
    TestSocket next = keep(0);
    eviction.makeRoom(0);
    assertThat(sockets.isFull()).isFalse();
    runAll();
    assertThat(List.of(oldest.isOpen(), next.isOpen(), other.isOpen()))
        .containsExactly(false, true, true);
  }

  @Test
  void closesOneOfTheOtherLoopsWhereItsOwnHasNone() {
    List<TestSocket> others = List.of(keep(2), keep(2), keep(0));
    eviction.makeRoom(1);
    assertThat(sockets.isFull()).as("this connection is too early").isTrue();
    runAll();
    assertThat(others.stream().map(TestSocket::isOpen)).containsExactly(false, true, true);
    assertThat(sockets.isFull()).as("the next one is not").isFalse();
  }

  @Test
  void closesNothingWhereAPlaceHasBecomeFreeMeanwhile() {
    TestSocket gone = keep(0);
    TestSocket first = keep(2);
    TestSocket second = keep(2);
    eviction.makeRoom(1);
    gone.close();
    runAll();
    assertThat(List.of(first.isOpen(), second.isOpen())).containsExactly(true, true);
  }

  @Test
  void asksEachLoopOnce() {
    for (int i = 0; i < LOOPS; i++) {
      assertThat(sockets.tryAdd()).isTrue();
    }
    eviction.makeRoom(1);
    runAll();
    assertThat(sockets.isFull()).isTrue();
  }
}
