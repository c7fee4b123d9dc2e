package io.carillon.conformance.drill;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Threads;
import io.carillon.conformance.pusher.AppCluster;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * WebSocket clients that come through a balancer one after the other, and go once they are let in.
 * On a thread of its own.
 */
final class Newcomers implements AutoCloseable {

  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final URI balancer;
  private final AtomicInteger welcome = new AtomicInteger();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean open = true;

  Newcomers(int port) {
    balancer = URI.create("http://127.0.0.1:" + port);
    thread = Thread.ofVirtual().name("newcomers").start(this::run);
  }

  private void run() {
    while (open) {
      try (RawClient client = RawClient.dial(balancer)) {
        String head = client.send(RawClient.handshake(AppCluster.path())).readHead();
        if (head.startsWith("HTTP/1.1 101 ")) {
          welcome.incrementAndGet();
        } else {
          refusals.add(head);
        }
      } catch (AssertionError | RuntimeException noAnswer) {
        refusals.add("no answer: " + noAnswer.getMessage());
      }
      LockSupport.parkNanos(PACE_NANOS);
    }
  }

  /** Waits until so many more were let in. */
  void awaitWelcome(int more) {
    int wanted = welcome.get() + more;
    await().atMost(Patience.LIMIT).until(() -> welcome.get() >= wanted);
  }

  /** The answers to the clients that were refused. */
  List<String> refusals() {
    return refusals;
  }

  @Override
  public void close() {
    open = false;
    Threads.join(List.of(thread));
  }
}
