package io.carillon.conformance.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** All clients of a drill. Any thread. */
final class Guests implements AutoCloseable {

  /** Handshakes at a time: a storm is another test. */
  private static final int UNDER_WAY = 32;

  private static final String MARKER = "marker-";

  private final Collection<Guest> all = new ConcurrentLinkedQueue<>();
  private final AtomicInteger markers = new AtomicInteger();

  /**
   * One more client, which is subscribed.
   *
   * @throws RuntimeException if the node does not let the client in
   */
  Guest join(Node node, String channel, String user) {
    return join(node.url(), channel, user);
  }

  /** The same at a node's address, or a balancer's. */
  Guest join(URI place, String channel, String user) {
    Guest guest = Guest.join(place, channel, user);
    all.add(guest);
    return guest;
  }

  /**
   * One more client, which is subscribed.
   *
   * @param name see {@link Guest#join}
   */
  Guest join(Node node, String channel, String user, String name) {
    Guest guest = Guest.join(node.url(), channel, user, name);
    all.add(guest);
    return guest;
  }

  /** Connects many clients, some at a time; their users' names begin with a prefix. */
  List<Guest> joinAll(Node node, String channel, String prefix, int count) {
    return each(count, i -> join(node, channel, prefix + i));
  }

  /** Connects many clients to nodes in turn. They subscribe when they are told to. */
  List<Guest> connectAll(List<Node> nodes, String channel, int count) {
    List<Guest> connected =
        each(count, i -> Guest.connect(nodes.get(i % nodes.size()).url(), channel, "member-" + i));
    all.addAll(connected);
    return connected;
  }

  private static List<Guest> each(int count, IntFunction<Guest> connecting) {
    try (ExecutorService some = Executors.newFixedThreadPool(UNDER_WAY)) {
      List<Future<Guest>> joining =
          IntStream.range(0, count).mapToObj(i -> some.submit(() -> connecting.apply(i))).toList();
      List<Guest> joined = new ArrayList<>();
      for (Future<Guest> each : joining) {
        joined.add(each.get());
      }
      return joined;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new AssertionError("a client was not let in", e);
    }
  }

  /** The clients whose connections are open. */
  List<Guest> present() {
    return all.stream().filter(Guest::isThere).toList();
  }

  /** Waits until every client shows exactly the members that are there. */
  void awaitAllKnowEachOther() {
    List<Guest> present = present();
    Picture truth = Picture.of(present);
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(
            () -> {
              for (Guest guest : present) {
                assertThat(guest.members())
                    .as("shown to %s", guest.user())
                    .isEqualTo(truth.members().get(guest.channel()));
              }
            });
  }

  /**
   * Has a marker join and leave each channel, and waits until all clients have heard both. All
   * earlier events have been told then. A member's end is told after it was gone for a while, so
   * the marker also proves silence for that time.
   */
  void mark(Node node) {
    String marker = MARKER + markers.incrementAndGet();
    List<Guest> present = present();
    List<Guest> sent =
        present.stream()
            .map(Guest::channel)
            .distinct()
            .map(channel -> Guest.join(node.url(), channel, marker))
            .toList();
    awaitHeard(present, Guest.Kind.ADDED, marker);
    sent.forEach(Guest::close);
    awaitHeard(present, Guest.Kind.REMOVED, marker);
  }

  private static void awaitHeard(List<Guest> guests, Guest.Kind kind, String user) {
    await()
        .atMost(Patience.LIMIT)
        .until(
            () ->
                guests.stream()
                    .allMatch(
                        guest ->
                            guest.hasHeard(
                                told -> told.kind() == kind && told.user().equals(user))));
  }

  /** Whether an event is about a client that marks a moment. */
  static boolean isMarker(Guest.Told told) {
    return told.user().startsWith(MARKER);
  }

  /** No client was told of a member a second time, or of the end of one that it did not know. */
  void requireNoContradiction() {
    assertThat(all).flatExtracting(Guest::wrongs).isEmpty();
  }

  @Override
  public void close() {
    all.forEach(Guest::close);
  }
}
