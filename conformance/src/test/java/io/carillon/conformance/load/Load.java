package io.carillon.conformance.load;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Clients on some nodes that publish and listen until they are stopped. One thread owns it; clients
 * have threads of their own.
 */
public final class Load implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Fewer than the 1,000 that one client may subscribe to: it is in the lobby, too. */
  private static final int TOPICS_OF_A_CLIENT = 900;

  private static final String ECHOES = "publishers";
  private static final String LISTENERS = "listeners";

  private final Size size;
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger names = new AtomicInteger();
  private final List<LoadPublisher> publishers = new CopyOnWriteArrayList<>();
  private final List<LoadClient> listeners = new CopyOnWriteArrayList<>();

  /**
   * How much load.
   *
   * @param publishers on each node
   * @param listeners to every topic, on each node
   * @param topics in all
   * @param pause of a publisher between the fate of one message and the next
   * @param deadline of a message's fate
   * @param padding makes messages longer
   */
  public record Size(
      int publishers,
      int listeners,
      int topics,
      Duration pause,
      Duration deadline,
      String padding) {

    /** At most 800 messages a second from two nodes, as many as a small machine carries easily. */
    public static final Size USUAL =
        new Size(20, 2, 10, Duration.ofMillis(50), Duration.ofSeconds(12), "");

    public Size withTopics(int count) {
      return new Size(publishers, listeners, count, pause, deadline, padding);
    }

    public Size withListeners(int count) {
      return new Size(publishers, count, topics, pause, deadline, padding);
    }

    public Size withPause(Duration other) {
      return new Size(publishers, listeners, topics, other, deadline, padding);
    }

    public Size withDeadline(Duration other) {
      return new Size(publishers, listeners, topics, pause, other, padding);
    }

    public Size withPadding(int bytes) {
      return new Size(publishers, listeners, topics, pause, deadline, "x".repeat(bytes));
    }
  }

  /** A load without clients as yet. */
  public Load(Size size) {
    this.size = size;
  }

  /** Brings a node's listeners and publishers, which begin at once. */
  public void populate(int node, URI url) {
    listen(node, url);
    for (int i = 0; i < size.publishers(); i++) {
      publish(node, url);
    }
  }

  /** Brings listeners only. */
  public void listen(int node, URI url) {
    for (int i = 0; i < size.listeners(); i++) {
      for (int first = 0; first < size.topics(); first += TOPICS_OF_A_CLIENT) {
        listeners.add(
            LoadClient.join(
                url,
                node,
                name("listener"),
                topics(first, Math.min(size.topics(), first + TOPICS_OF_A_CLIENT)),
                Deaf.INSTANCE));
      }
    }
  }

  /** Brings one publisher. Each has its share of the topics, one at least. */
  public void publish(int node, URI url) {
    int share = Math.max(1, size.topics() / Math.max(1, size.publishers()));
    int first = publishers.size() * share % size.topics();
    List<String> topics = topics(first, Math.min(size.topics(), first + share));
    publishers.add(
        new LoadPublisher(url, node, name("publisher"), topics, numbers::incrementAndGet, size));
  }

  private String name(String what) {
    return what + "-" + names.incrementAndGet();
  }

  private static List<String> topics(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "topic-" + i).toList();
  }

  /** How many messages were sent so far. */
  public int sent() {
    return numbers.get();
  }

  /** How many clients are connected. */
  public long connected() {
    return clients().filter(LoadClient::isOpen).count();
  }

  /** How many messages the publishers of a node have heard so far. */
  public int heard(int node) {
    return publishers.stream()
        .filter(publisher -> publisher.client().node() == node)
        .mapToInt(LoadPublisher::heard)
        .sum();
  }

  /** Waits until every publisher has heard so many more of its messages. */
  public void awaitEchoes(int more) {
    Map<LoadPublisher, Integer> wanted = new HashMap<>();
    for (LoadPublisher publisher : publishers) {
      wanted.put(publisher, publisher.heard() + more);
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                wanted.entrySet().stream()
                    .allMatch(
                        entry ->
                            !entry.getKey().client().isOpen()
                                || entry.getKey().heard() >= entry.getValue()));
  }

  /** Fails if clients of this node were disconnected against their will. */
  public void requireConnected(int node) {
    List<String> gone =
        clients()
            .filter(client -> client.node() == node && client.wasCut())
            .map(LoadClient::name)
            .toList();
    if (!gone.isEmpty()) {
      throw new AssertionError("clients of node " + node + " lost their connection: " + gone);
    }
  }

  /** One client goes: a publisher or a listener, whichever has this number modulo their count. */
  public void drop(int number) {
    List<LoadClient> open = clients().filter(LoadClient::isOpen).toList();
    if (!open.isEmpty()) {
      open.get(Math.floorMod(number, open.size())).close();
    }
  }

  /** Stops publishing and waits until all subscribers have received all last messages. */
  public void finish() {
    publishers.forEach(LoadPublisher::stop);
    List<Message> last =
        publishers.stream()
            .filter(publisher -> publisher.client().isOpen())
            .flatMap(publisher -> publisher.messages().stream().skip(lastOnly(publisher)))
            .filter(message -> message.fate() == Fate.HEARD)
            .toList();
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    // The ledger reports the missing ones.
    for (LoadClient client : clients().filter(LoadClient::isOpen).toList()) {
      client.awaitHeard(last, end);
    }
  }

  private static long lastOnly(LoadPublisher publisher) {
    return Math.max(0, publisher.messages().size() - 1L);
  }

  /** All that was sent, when all publishers have stopped. */
  public List<Message> messages() {
    return publishers.stream().flatMap(publisher -> publisher.messages().stream()).toList();
  }

  /** What everybody heard. */
  public List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    publishers.forEach(publisher -> accounts.add(publisher.client().account(ECHOES)));
    listeners.forEach(listener -> accounts.add(listener.account(LISTENERS)));
    return accounts;
  }

  private Stream<LoadClient> clients() {
    return Stream.concat(publishers.stream().map(LoadPublisher::client), listeners.stream());
  }

  @Override
  public void close() {
    publishers.forEach(LoadPublisher::stop);
    clients().forEach(LoadClient::close);
  }

  /** Ignores everything that is noted anyway. */
  private enum Deaf implements LoadClient.Hearer {
    INSTANCE;

    @Override
    public void heard(int number) {}

    @Override
    public void told(Fate fate) {}
  }
}
