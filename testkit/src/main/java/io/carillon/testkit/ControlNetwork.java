package io.carillon.testkit;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Capabilities;
import io.carillon.broker.NodeGoneException;
import io.carillon.broker.PublishCallback;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A bus on a test's clock that carries control and bulk messages from node to node, with delays
 * and, where the test says so, with losses, repeats and changes of order. Nodes can be paused and
 * crash, links can be cut in one direction, and the whole bus can go away. Publications are
 * accepted and not carried. For one thread.
 */
public final class ControlNetwork {

  /**
   * What may happen to a message.
   *
   * @param maxDelay it takes up to this time
   * @param loss the share of messages that are lost, 0 to 1
   * @param repeat the share of messages that arrive twice
   * @param disorder the share of messages that may overtake those before them
   */
  public record Faults(Duration maxDelay, double loss, double repeat, double disorder) {
    /** A bus that keeps its contract. */
    public static final Faults NONE = new Faults(Duration.ofMillis(20), 0, 0, 0);
  }

  /** A paused node's queues hold so many messages; then the oldest are lost. */
  private static final int MAX_WAITING = 2_000;

  private final RandomGenerator random;
  private final ManualClock clock;
  private final List<Node> nodes = new ArrayList<>();
  private final long origin;
  private final PriorityQueue<UnderWay> underWay;
  private final Map<Lane, Long> lastArrivals = new HashMap<>();
  private final Set<Link> cuts = new HashSet<>();
  private Faults faults = Faults.NONE;
  private boolean isAway;
  private long numbers;
  private long carried;
  private long carriedBytes;

  private record Link(Node from, Node to) {}

  private record Lane(Link link, boolean isBulk) {}

  private record UnderWay(long due, long number, Node to, Runnable delivery) {}

  public ControlNetwork(RandomGenerator random, ManualClock clock) {
    this.random = random;
    this.clock = clock;
    this.origin = clock.getAsLong();
    this.underWay =
        new PriorityQueue<>(
            Comparator.<UnderWay>comparingLong(one -> one.due - origin)
                .thenComparingLong(UnderWay::number));
  }

  /** Another node's connection. */
  public Node connect() {
    Node node = new Node();
    nodes.add(node);
    return node;
  }

  /** What may happen to messages that are sent from now on. */
  public void setFaults(Faults next) {
    faults = next;
  }

  /** Messages from one node to another are lost from now on. */
  public void cut(Node from, Node to) {
    cuts.add(new Link(from, to));
  }

  /** All links work again. */
  public void mend() {
    cuts.clear();
  }

  /** The bus goes away, or comes back, for all nodes. */
  public void setAway(boolean away) {
    if (isAway != away) {
      isAway = away;
      nodes.forEach(node -> node.tell(away ? BrokerState.DOWN : BrokerState.UP));
    }
  }

  /** Delivers everything that is due. */
  public void deliver() {
    for (UnderWay next = underWay.peek(); next != null; next = underWay.peek()) {
      if (next.due - clock.getAsLong() > 0) {
        return;
      }
      underWay.remove();
      next.to.arrive(next.delivery);
    }
  }

  /** How many messages have been sent, once for each receiver. */
  public long carried() {
    return carried;
  }

  /** The payload bytes of these. */
  public long carriedBytes() {
    return carriedBytes;
  }

  private void send(Lane lane, Runnable delivery) {
    if (isAway || cuts.contains(lane.link) || random.nextDouble() < faults.loss()) {
      return;
    }
    long due = clock.getAsLong() + random.nextLong(faults.maxDelay().toNanos() + 1);
    if (random.nextDouble() >= faults.disorder()) {
      long last = lastArrivals.getOrDefault(lane, due);
      due = last - due > 0 ? last : due;
      lastArrivals.put(lane, due);
    }
    underWay.add(new UnderWay(due, numbers++, lane.link.to, delivery));
    if (random.nextDouble() < faults.repeat()) {
      underWay.add(
          new UnderWay(due + faults.maxDelay().toNanos(), numbers++, lane.link.to, delivery));
    }
  }

  /** One node's connection to the network. */
  public final class Node implements Broker {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private @Nullable Incarnation incarnation;
    private @Nullable BrokerListener listener;
    private boolean isPaused;
    private boolean isBulkLost;
    private boolean isRefusing;
    private long receivedBytes;

    private Node() {}

    /** The bus takes nothing of this node, or takes it again, and says so. */
    public void setRefusing(boolean refusing) {
      isRefusing = refusing;
    }

    /** The payload bytes of all messages that have come to this node. */
    public long receivedBytes() {
      return receivedBytes;
    }

    /** What this node sends on the bulk lane is lost from now on. */
    public void loseBulk() {
      isBulkLost = true;
    }

    /** The node's process stops, and what is sent to it waits. */
    public void pause() {
      isPaused = true;
    }

    /** The node's process goes on. */
    public void resume() {
      isPaused = false;
      while (!waiting.isEmpty()) {
        waiting.remove().run();
      }
    }

    /** Whether the node's process is stopped. */
    public boolean isPaused() {
      return isPaused;
    }

    private void arrive(Runnable delivery) {
      if (!isPaused) {
        delivery.run();
        return;
      }
      if (waiting.size() >= MAX_WAITING) {
        waiting.remove();
      }
      waiting.add(delivery);
    }

    private void tell(BrokerState state) {
      if (listener != null) {
        BrokerListener current = listener;
        arrive(() -> current.onState(state));
      }
    }

    private boolean lives() {
      return listener != null;
    }

    @Override
    public CompletionStage<Void> start(Incarnation node, BrokerListener started) {
      incarnation = node;
      listener = started;
      started.onState(isAway ? BrokerState.DOWN : BrokerState.UP);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> subscribe(Collection<Channel> channels) {
      return isAway ? CompletableFuture.failedStage(away()) : done();
    }

    @Override
    public CompletionStage<Void> unsubscribe(Collection<Channel> channels) {
      return done();
    }

    @Override
    public void publish(Publication publication, PublishCallback callback) {
      callback.onOutcome(PublishOutcome.ACCEPTED);
    }

    @Override
    public CompletionStage<Void> control(ControlMessage message) {
      return isAway || isRefusing
          ? CompletableFuture.failedStage(away())
          : send(message, nodes, false);
    }

    @Override
    public CompletionStage<Void> control(ControlMessage message, Incarnation to) {
      return sendTo(to, message, false);
    }

    @Override
    public CompletionStage<Void> bulk(ControlMessage message, Incarnation to) {
      return sendTo(to, message, true);
    }

    private CompletionStage<Void> sendTo(Incarnation to, ControlMessage message, boolean isBulk) {
      if (isAway || isRefusing) {
        return CompletableFuture.failedStage(away());
      }
      List<Node> addressed =
          nodes.stream().filter(node -> node.lives() && to.equals(node.incarnation)).toList();
      if (isBulk && isBulkLost) {
        return done();
      }
      return addressed.isEmpty()
          ? CompletableFuture.failedStage(new NodeGoneException(to))
          : send(message, addressed, isBulk);
    }

    private CompletionStage<Void> send(ControlMessage message, List<Node> to, boolean isBulk) {
      for (Node node : to) {
        if (node.lives()) {
          carried++;
          carriedBytes += message.payload().size();
          ControlNetwork.this.send(
              new Lane(new Link(this, node), isBulk), () -> node.receive(message, isBulk));
        }
      }
      return done();
    }

    private void receive(ControlMessage message, boolean isBulk) {
      BrokerListener current = listener;
      if (current == null) {
        return;
      }
      receivedBytes += message.payload().size();
      if (isBulk) {
        current.onBulk(message);
      } else {
        current.onControl(message);
      }
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(true, false, Integer.MAX_VALUE);
    }

    /** The node is gone, in an instant. */
    @Override
    public void close() {
      listener = null;
      waiting.clear();
    }
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedStage(null);
  }

  private static BrokerRefusedException away() {
    return new BrokerRefusedException(Refusal.UNAVAILABLE, "the bus is away");
  }
}
