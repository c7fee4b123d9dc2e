package io.carillon.conformance.swarm;

import io.carillon.conformance.machine.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One thread of a {@link Swarm}, which does everything for its clients. */
final class SwarmLoop implements AutoCloseable {

  /** How often those who read little get a sip. */
  static final int TICKS_A_SECOND = 10;

  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / TICKS_A_SECOND;
  private static final int INPUT = 1 << 19;

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Set<SwarmClient> sippers = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread;
  private long nextTick = System.nanoTime();
  private volatile boolean closed;

  /** What is being received, by one client after the other. */
  final ByteBuffer input = ByteBuffer.allocateDirect(INPUT);

  SwarmLoop(String name) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  Selector selector() {
    return selector;
  }

  /** Runs something on this thread. */
  void execute(Runnable task) {
    tasks.add(task);
    if (!Thread.currentThread().equals(thread)) {
      selector.wakeup();
    }
  }

  /** From now on the client is asked at every tick to read a little. */
  void addSipper(SwarmClient client) {
    sippers.add(client);
  }

  void removeSipper(SwarmClient client) {
    sippers.remove(client);
  }

  /** A mistake in a test must not look like a silent server. */
  void check() {
    Throwable cause = failure.get();
    if (cause != null) {
      throw new AssertionError("a swarm's thread failed", cause);
    }
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(SwarmLoop::onReady, tasks.isEmpty() ? untilTick() : 1);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        tick();
      }
      selector.keys().forEach(key -> clientOf(key).abandon());
      selector.close();
    } catch (IOException | RuntimeException | Error e) {
      failure.set(e);
    }
  }

  private long untilTick() {
    return sippers.isEmpty() ? 0 : 1 + TimeUnit.NANOSECONDS.toMillis(TICK_NANOS);
  }

  private static void onReady(SelectionKey key) {
    clientOf(key).onReady();
  }

  private static SwarmClient clientOf(SelectionKey key) {
    return (SwarmClient) key.attachment();
  }

  private void tick() {
    if (System.nanoTime() - nextTick >= 0) {
      nextTick = System.nanoTime() + TICK_NANOS;
      sippers.forEach(SwarmClient::sip);
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(Patience.LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    check();
  }
}
