package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.Peers;
import io.carillon.message.Incarnation;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.Seeded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Nodes at several servers that keep the order from one server to another, and no other order: what
 * is under way between two servers arrives when chance says so. Nodes join, subscribe and publish
 * at random. Whatever a node publishes once it is admitted must be routed to every node whose
 * subscribe has completed.
 */
final class BarrierPropertyTest {

  private static final int SERVERS = 3;
  private static final int STEPS = 2_000;

  private final ManualClock clock = new ManualClock();
  private final List<Node> nodes = new ArrayList<>();

  /** The messages that are under way from one server to another one, oldest first. */
  private final Map<Integer, Queue<Runnable>> underWay = new HashMap<>();

  /** The nodes that are subscribed to each channel, as each server knows it. */
  private final List<Map<Integer, Set<Node>>> interest = new ArrayList<>();

  private int published;

  @RepeatedTest(30)
  void whatIsPublishedReachesEveryNodeWhoseSubscribeHasCompleted() {
    Seeded.run(this::run);
  }

  private void run(SplittableRandom random) {
    for (int server = 0; server < SERVERS; server++) {
      interest.add(new HashMap<>());
    }
    new Node(random.nextInt(SERVERS));
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(20)) {
        case 0 -> join(random);
        case 1, 2 -> any(random).subscribe(random.nextInt(50));
        case 3, 4, 5 -> any(random).publish(random.nextInt(50));
        case 6 -> any(random).hearOf(any(random));
        default -> deliver(random);
      }
    }
    assertThat(published).as("publications of admitted nodes").isGreaterThan(50);
  }

  private void join(SplittableRandom random) {
    if (nodes.size() < 8) {
      new Node(random.nextInt(SERVERS));
    }
  }

  private Node any(SplittableRandom random) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void deliver(SplittableRandom random) {
    Runnable next = way(random.nextInt(SERVERS), random.nextInt(SERVERS)).poll();
    if (next != null) {
      next.run();
    }
  }

  private Queue<Runnable> way(int from, int to) {
    return underWay.computeIfAbsent(from * SERVERS + to, key -> new ArrayDeque<>());
  }

  /** Behind everything that left before from one server to the other one. */
  private void send(int from, int to, Runnable arrival) {
    if (from == to) {
      arrival.run();
    } else {
      way(from, to).add(arrival);
    }
  }

  private final class Node implements BarrierWire, Peers {

    private final int server;
    private final Incarnation self;
    private final Set<Incarnation> heardOf = new HashSet<>();
    private final Set<Integer> completed = new HashSet<>();
    private final Barrier barrier;
    private boolean isAdmitted;

    /** A newcomer knows all others when it joins; they learn of it later. */
    Node(int server) {
      this.server = server;
      this.self = new Incarnation(0, nodes.size());
      this.barrier =
          new Barrier(
              new Environment(new TestVendor("TestMQ", "property"), clock, clock),
              self,
              this,
              this,
              (reason, since, until) -> {
                throw new AssertionError("a gap, though all nodes answer");
              },
              new BarrierCounters(),
              new ManualTimer(),
              new CompletableFuture<>());
      nodes.forEach(other -> heardOf.add(other.self));
      nodes.add(this);
      barrier.ask(Occasion.JOINING).thenRun(() -> isAdmitted = true);
    }

    void hearOf(Node other) {
      if (other != this) {
        heardOf.add(other.self);
      }
    }

    void subscribe(int channel) {
      for (int other = 0; other < SERVERS; other++) {
        Map<Integer, Set<Node>> known = interest.get(other);
        send(server, other, () -> known.computeIfAbsent(channel, key -> new HashSet<>()).add(this));
      }
      barrier.ask(Occasion.SUBSCRIBING).thenRun(() -> completed.add(channel));
    }

    void publish(int channel) {
      if (!isAdmitted) {
        return;
      }
      published++;
      Set<Node> routed = interest.get(server).getOrDefault(channel, Set.of());
      for (Node other : nodes) {
        if (other.completed.contains(channel)) {
          assertThat(routed.contains(other))
              .as("what %s publishes on %d is routed to %s", self, channel, other.self)
              .isTrue();
        }
      }
    }

    @Override
    public void askAll(long number, Occasion occasion) {
      List.copyOf(nodes).forEach(other -> ask(number, occasion, other));
    }

    @Override
    public void ask(long number, Occasion occasion, Incarnation node) {
      throw new AssertionError("nobody is late");
    }

    private void ask(long number, Occasion occasion, Node other) {
      send(server, other.server, () -> other.answer(this, number, occasion));
    }

    private void answer(Node asking, long number, Occasion occasion) {
      barrier.asked(asking.self, occasion);
      send(server, asking.server, () -> asking.barrier.answered(self, number));
    }

    @Override
    public CompletionStage<Void> known() {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public Set<Incarnation> live() {
      return Set.copyOf(heardOf);
    }

    @Override
    public boolean isLate(Incarnation node) {
      return false;
    }
  }
}
