package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Clients of the topics protocol that reconnect, as {@code clients/js} does, on one thread of their
 * own. The methods that have no other word are for any thread.
 */
final class Clients implements Part {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** New attempts in one turn of the thread, so that reading goes on. */
  private static final int AT_ONCE = 100;

  /** Receives what clients hear, on their thread. */
  interface Listener {
    /** A client has got its greeting on a new connection. */
    default void greeted(int client) {}

    /** A client has got a text, its greeting included. */
    default void hears(int client, String text) {}

    /** A client has lost its connection. */
    default void closed(int client) {}
  }

  private final Tally tally;
  private final int[] ports;
  private final List<Client> clients = new ArrayList<>();
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger silent = new AtomicInteger();
  private final Queue<Long> returns = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Integer> endings = new ConcurrentHashMap<>();
  private final long zero = System.nanoTime();
  private final Thread thread;
  private volatile @Nullable Listener listener;
  private volatile boolean isClosed;

  Clients(Tally tally, int count, int... ports) throws IOException {
    this.tally = tally;
    this.ports = ports.clone();
    for (int i = 0; i < count; i++) {
      clients.add(new Client(this, i));
    }
    this.thread = Thread.ofPlatform().daemon().name("clients").start(this::loop);
  }

  /** Sets who hears; before that nobody does. */
  void listen(Listener who) {
    listener = who;
  }

  private void loop() {
    try {
      while (!isClosed) {
        selector.select(key -> ((Client) key.attachment()).ready(key, buffer, now()), 5);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        long now = now();
        int begun = 0;
        for (Client client : clients) {
          if (client.due() <= now && begun < AT_ONCE) {
            begun += client.isOpen() ? 0 : 1;
            client.act(now, selector);
          }
        }
      }
      for (Client client : clients) {
        client.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new IllegalStateException("the clients have ended", e);
    }
  }

  int size() {
    return clients.size();
  }

  /** Sends a text as one client; nothing if it has no connection then. */
  void send(int client, String text) {
    tasks.add(() -> clients.get(client).send(text));
    selector.wakeup();
  }

  /** How many have a connection. */
  int open() {
    return open.get();
  }

  /** The node of a client's last connection, from 1; 0 if it is unknown. On the clients' thread. */
  int nodeOf(int client) {
    return clients.get(client).node();
  }

  /** How many connections were given up because the server was silent. */
  int silent() {
    return silent.get();
  }

  /** How many connections have ended with each close code; 1006 is an end without one. */
  Map<Integer, Integer> endings() {
    return Map.copyOf(endings);
  }

  /** How long those that came back were without a connection, each time, in milliseconds. */
  List<Long> returns() {
    return returns.stream().sorted().toList();
  }

  /** Waits until all are connected. */
  void awaitAll() throws InterruptedException {
    Until.holds("all clients are connected", PATIENCE, () -> open() == size());
  }

  // For the clients, on their thread.
  // --------------------------------------------------------------

  long now() {
    return 1 + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - zero);
  }

  int port(int attempt) {
    return ports[attempt % ports.length];
  }

  void opened(Client client, int node, long awayMillis) {
    open.incrementAndGet();
    tally.connected(node);
    if (awayMillis > 0) {
      returns.add(awayMillis);
    }
  }

  void greeted(int client) {
    Listener who = listener;
    if (who != null) {
      who.greeted(client);
    }
  }

  void hears(int client, String text) {
    Listener who = listener;
    if (who != null) {
      who.hears(client, text);
    }
  }

  void cut(int client, int node, int code) {
    Listener who = listener;
    if (who != null) {
      who.closed(client);
    }
    open.decrementAndGet();
    endings.merge(code, 1, Integer::sum);
    tally.disconnected(node);
    tally.cut.increment();
  }

  void refused(int code) {
    tally.refused.increment();
  }

  void isSilent() {
    silent.incrementAndGet();
  }

  @Override
  public void close() {
    isClosed = true;
    selector.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
