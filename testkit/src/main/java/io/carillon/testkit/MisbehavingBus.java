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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A bus that keeps the {@link Broker} contract and nothing more: operations take effect late,
 * answers come even later and in any order, and some operations fail. The bus does one step at a
 * time, when the test says so, on the test's own thread.
 *
 * <p>The bus keeps the order of one node's publications to one channel, and the order of calls for
 * one channel. It throws when a node breaks its side of the contract: two operations on one channel
 * at a time.
 */
public final class MisbehavingBus {

  private final RandomGenerator random;
  private final double failureRate;
  private final List<Publication> published = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();

  /**
   * The possible next steps; steps of one key happen in order, those of different keys in any
   * order.
   */
  private final Map<Object, Queue<Runnable>> pending = new LinkedHashMap<>();

  /**
   * @param failureRate the share of subscribes and publishes that fail, 0 to 1
   */
  public MisbehavingBus(RandomGenerator random, double failureRate) {
    this.random = random;
    this.failureRate = failureRate;
  }

  /** A node's connection. */
  public Node connect() {
    Node node = new Node(nodes.size());
    nodes.add(node);
    return node;
  }

  /** Does one of the possible next steps; false if there is none. */
  public boolean step() {
    if (pending.isEmpty()) {
      return false;
    }
    List<Object> keys = new ArrayList<>(pending.keySet());
    Object key = keys.get(random.nextInt(keys.size()));
    Queue<Runnable> queue = pending.get(key);
    if (queue == null) {
      throw new IllegalStateException("no queue for " + key);
    }
    Runnable next = queue.remove();
    if (queue.isEmpty()) {
      pending.remove(key);
    }
    next.run();
    return true;
  }

  private void later(Object key, Runnable task) {
    pending.computeIfAbsent(key, k -> new ArrayDeque<>()).add(task);
  }

  private boolean fails() {
    return random.nextDouble() < failureRate;
  }

  private record PublishKey(int node, Channel channel) {}

  private record DeliverKey(int from, int to, Channel channel) {}

  private record OperationKey(int node, Channel channel) {}

  private record ControlKey(int from, int to, Way way) {}

  /** A lane of control messages, as their receiver knows it. */
  private enum Way {
    CONTROL,
    BULK
  }

  /** All publications, in the order in which the bus got them. */
  public List<Publication> published() {
    return published;
  }

  /** One node's connection to the bus. */
  public final class Node implements Broker {
    private final int number;
    private final Set<Channel> routed = new HashSet<>();
    private final Map<Channel, String> busy = new HashMap<>();
    private final Set<Channel> subscribed = new HashSet<>();
    private @Nullable Incarnation incarnation;
    private @Nullable BrokerListener listener;

    private Node(int number) {
      this.number = number;
    }

    /** The channels that the hub is subscribed to, as answered. */
    public Set<Channel> subscribed() {
      return Set.copyOf(subscribed);
    }

    @Override
    public CompletionStage<Void> start(Incarnation node, BrokerListener started) {
      incarnation = node;
      listener = started;
      started.onState(BrokerState.UP);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> subscribe(Collection<Channel> channels) {
      channels.forEach(channel -> begin(channel, "subscribe"));
      CompletableFuture<Void> answer = new CompletableFuture<>();
      boolean fails = fails();
      Object batch = new Object();
      later(
          batch,
          () -> {
            if (!fails) {
              routed.addAll(channels);
            }
          });
      later(
          batch,
          () -> {
            channels.forEach(busy::remove);
            if (fails) {
              answer.completeExceptionally(
                  new BrokerRefusedException(Refusal.UNAVAILABLE, "it misbehaves"));
            } else {
              subscribed.addAll(channels);
              answer.complete(null);
            }
          });
      return answer;
    }

    @Override
    public CompletionStage<Void> unsubscribe(Collection<Channel> channels) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      for (Channel channel : channels) {
        begin(channel, "unsubscribe");
        OperationKey key = new OperationKey(number, channel);
        later(key, () -> routed.remove(channel));
        later(
            key,
            () -> {
              busy.remove(channel);
              subscribed.remove(channel);
              answer.complete(null);
            });
      }
      return answer;
    }

    private void begin(Channel channel, String operation) {
      String other = busy.putIfAbsent(channel, operation);
      if (other != null) {
        throw new AssertionError(
            operation + " of " + channel + " while " + other + " is not answered");
      }
    }

    @Override
    public void publish(Publication publication, PublishCallback callback) {
      published.add(publication);
      PublishKey key = new PublishKey(number, publication.channel());
      double fate = random.nextDouble();
      boolean carried = fate >= failureRate;
      PublishOutcome outcome =
          carried
              ? PublishOutcome.ACCEPTED
              : fate < failureRate / 2
                  ? new PublishOutcome.Refused(Refusal.UNAVAILABLE, "it misbehaves")
                  : new PublishOutcome.Unknown("it misbehaves");
      later(
          key,
          () -> {
            if (carried) {
              route(publication);
            }
            later(new Object(), () -> callback.onOutcome(outcome));
          });
    }

    private void route(Publication publication) {
      for (Node node : nodes) {
        if (node.routed.contains(publication.channel())) {
          later(
              new DeliverKey(number, node.number, publication.channel()),
              () -> node.deliver(publication));
        }
      }
    }

    private void deliver(Publication publication) {
      if (listener != null) {
        listener.onPublication(publication);
      }
    }

    /**
     * Some of the channels that are routed here are no longer, unasked; nothing happens to those
     * for which an operation is under way.
     *
     * @return those that were lost
     */
    public Set<Channel> lose(Set<Channel> channels) {
      Set<Channel> lost = new HashSet<>(channels);
      lost.retainAll(subscribed);
      lost.removeAll(busy.keySet());
      routed.removeAll(lost);
      subscribed.removeAll(lost);
      if (listener != null && !lost.isEmpty()) {
        listener.onLost(lost);
      }
      return lost;
    }

    @Override
    public CompletionStage<Void> control(ControlMessage message) {
      return send(message, nodes, Way.CONTROL);
    }

    @Override
    public CompletionStage<Void> control(ControlMessage message, Incarnation to) {
      return sendTo(to, message, Way.CONTROL);
    }

    @Override
    public CompletionStage<Void> bulk(ControlMessage message, Incarnation to) {
      return sendTo(to, message, Way.BULK);
    }

    private CompletionStage<Void> sendTo(Incarnation to, ControlMessage message, Way way) {
      List<Node> addressed =
          nodes.stream().filter(n -> n.listener != null && to.equals(n.incarnation)).toList();
      return addressed.isEmpty()
          ? CompletableFuture.failedStage(new NodeGoneException(to))
          : send(message, addressed, way);
    }

    /** Carries it to each node at another time, in the order of what this node sends there. */
    private CompletionStage<Void> send(ControlMessage message, List<Node> to, Way way) {
      for (Node node : to) {
        later(new ControlKey(number, node.number, way), () -> node.deliver(message, way));
      }
      CompletableFuture<Void> answer = new CompletableFuture<>();
      later(new Object(), () -> answer.complete(null));
      return answer;
    }

    private void deliver(ControlMessage message, Way way) {
      if (listener != null) {
        switch (way) {
          case CONTROL -> listener.onControl(message);
          case BULK -> listener.onBulk(message);
        }
      }
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(true, false, Integer.MAX_VALUE);
    }

    @Override
    public void close() {
      listener = null;
    }
  }
}
