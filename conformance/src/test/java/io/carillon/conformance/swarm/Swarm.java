package io.carillon.conformance.swarm;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Very many clients on two threads. While {@link Client} expects each frame, these clients count
 * messages and note how they end.
 */
public final class Swarm implements AutoCloseable {

  private static final int THREADS = 2;

  /** Handshakes at a time: a storm is another test. */
  private static final int UNDER_WAY = 256;

  private final List<SwarmLoop> loops =
      IntStream.range(0, THREADS).mapToObj(i -> new SwarmLoop("swarm-" + i)).toList();

  private final Semaphore underWay = new Semaphore(UNDER_WAY);
  private int made;

  /** Connects clients of that name, all of which only count. */
  public List<SwarmClient> join(Node node, String name, int count) {
    return join(node.url(), name, count);
  }

  /** The same at an address, a balancer's for one. */
  public List<SwarmClient> join(URI url, String name, int count) {
    List<SwarmClient> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(connect(url, create(name, SwarmClient.Listener.NONE)));
    }
    return awaitGreeted(clients);
  }

  /** Connects a client for each listener, and subscribes all of them. */
  public List<SwarmClient> join(Node node, String name, List<Ear> listeners, String topic) {
    List<SwarmClient> clients = new ArrayList<>();
    listeners.forEach(listener -> clients.add(connect(node.url(), create(name, listener))));
    awaitGreeted(clients).forEach(client -> client.sendSubscribe(topic));
    await().atMost(Patience.LIMIT).until(() -> clients.stream().allMatch(c -> c.subscribed() == 2));
    return clients;
  }

  /** Connects one client. */
  public SwarmClient join(Node node, String name, SwarmClient.Listener listener) {
    return awaitGreeted(List.of(connect(node.url(), create(name, listener)))).getFirst();
  }

  /** Connects one client that has little room for what it doesn't read. */
  public SwarmClient joinWithSmallBuffer(Node node, String name) throws IOException {
    SwarmClient client = create(name, SwarmClient.Listener.NONE).smallBuffer();
    return awaitGreeted(List.of(connect(node.url(), client))).getFirst();
  }

  private SwarmClient create(String name, SwarmClient.Listener listener) {
    try {
      SwarmLoop loop = loops.get(made++ % THREADS);
      return new SwarmClient(loop, name, listener, underWay::release);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SwarmClient connect(URI url, SwarmClient client) {
    try {
      if (!underWay.tryAcquire(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        loops.forEach(SwarmLoop::check);
        throw new AssertionError("handshakes are not answered");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    client.connect(url);
    return client;
  }

  private List<SwarmClient> awaitGreeted(List<SwarmClient> clients) {
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> {
              loops.forEach(SwarmLoop::check);
              long missing = clients.stream().filter(client -> !client.isGreeted()).count();
              if (missing > 0) {
                throw new AssertionError(missing + " of " + clients.size() + " are not greeted");
              }
            });
    return clients;
  }

  /** Waits until all of them have ended, and counts how. */
  public static Map<String, Long> awaitEndings(Collection<SwarmClient> clients) {
    await()
        .atMost(Patience.LIMIT)
        .until(() -> clients.stream().allMatch(client -> client.ending() != null));
    return endings(clients).stream()
        .collect(Collectors.groupingBy(e -> e.closeCode() + " " + e.how(), Collectors.counting()));
  }

  /** Waits until this one has ended. */
  public static Ending awaitEnding(SwarmClient client) {
    awaitEndings(List.of(client));
    return endings(List.of(client)).getFirst();
  }

  /** The endings of those who have ended. */
  public static List<Ending> endings(Collection<SwarmClient> clients) {
    return clients.stream().map(SwarmClient::ending).filter(Objects::nonNull).toList();
  }

  @Override
  public void close() {
    loops.forEach(SwarmLoop::close);
  }
}
