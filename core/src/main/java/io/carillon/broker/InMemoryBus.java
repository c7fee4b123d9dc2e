package io.carillon.broker;

import static io.carillon.broker.BusLane.guarded;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The broker of a single process: connects the {@link InMemoryBroker}s that were made of it. One
 * bus with one node is the {@code local} driver; one with several nodes is the embedded broker of
 * the demo and of tests.
 *
 * <p>Three threads carry everything, one for publications, one for control messages and one for
 * bulk messages: all nodes see one order, and no lane waits for another. Each has a bounded queue;
 * beyond the bound its messages are refused. The bus ends with its last node.
 */
public final class InMemoryBus implements AutoCloseable {

  private static final long MAX_QUEUED_BYTES = 64L << 20;
  private static final long MAX_QUEUED_BULK_BYTES = 16L << 20;

  /** A payload of this size fits into an empty queue, whatever the names are. */
  static final int MAX_PAYLOAD = 63 << 20;

  /** The memory of a queued control message beside its payload, in bytes, roughly. */
  private static final int CONTROL_OVERHEAD = 256;

  private static final String IS_FULL = "the local bus is full";
  private static final String IS_CLOSED = "the local bus is closed";
  private static final PublishOutcome FULL =
      new PublishOutcome.Refused(Refusal.OVERLOADED, IS_FULL);
  private static final PublishOutcome GONE =
      new PublishOutcome.Refused(Refusal.UNAVAILABLE, IS_CLOSED);
  private static final PublishOutcome TOO_LARGE =
      new PublishOutcome.Refused(
          Refusal.TOO_LARGE, "the payload is longer than " + MAX_PAYLOAD + " bytes");
  private static final PublishOutcome CLOSED =
      new PublishOutcome.Unknown("the local bus was closed");

  private final BusLane<List<Publish>> publications =
      new BusLane<>(
          "carillon-bus-publications", MAX_QUEUED_BYTES, this::deliver, InMemoryBus::abandon);
  private final BusLane<Control> control =
      new BusLane<>(
          "carillon-bus-control",
          MAX_QUEUED_BYTES,
          batch -> deliver(batch, InMemoryBroker::deliver),
          _ -> {});
  private final BusLane<Control> bulk =
      new BusLane<>(
          "carillon-bus-bulk",
          MAX_QUEUED_BULK_BYTES,
          batch -> deliver(batch, InMemoryBroker::deliverBulk),
          _ -> {});
  private final List<InMemoryBroker> nodes = new CopyOnWriteArrayList<>();
  private final Map<Channel, List<InMemoryBroker>> subscribers = new ConcurrentHashMap<>();

  /** A node's connection to this bus. */
  public InMemoryBroker connect() {
    return new InMemoryBroker(this);
  }

  void join(InMemoryBroker node) {
    nodes.add(node);
  }

  void leave(InMemoryBroker node) {
    boolean wasHere = nodes.remove(node);
    subscribers.keySet().forEach(channel -> unsubscribe(node, channel));
    if (wasHere && nodes.isEmpty()) {
      close();
    }
  }

  void subscribe(InMemoryBroker node, Channel channel) {
    subscribers.compute(
        channel,
        (c, present) -> {
          List<InMemoryBroker> list = present == null ? new CopyOnWriteArrayList<>() : present;
          if (!list.contains(node)) {
            list.add(node);
          }
          return list;
        });
  }

  void unsubscribe(InMemoryBroker node, Channel channel) {
    subscribers.computeIfPresent(
        channel,
        (c, list) -> {
          list.remove(node);
          return list.isEmpty() ? null : list;
        });
  }

  /** Takes as many as fit into the queue, in their order. */
  void publish(List<Publish> batch) {
    List<Publish> taken = new ArrayList<>(batch.size());
    List<Publish> refused = new ArrayList<>();
    long weight = 0;
    for (Publish one : batch) {
      if (one.publication().payload().size() > MAX_PAYLOAD) {
        answer(one, TOO_LARGE);
        continue;
      }
      int more = one.publication().weight();
      if (refused.isEmpty() && publications.hasRoom(weight + more)) {
        taken.add(one);
        weight += more;
      } else {
        refused.add(one);
      }
    }
    if (!taken.isEmpty() && !publications.offer(taken, weight)) {
      refused.addAll(0, taken);
    }
    PublishOutcome outcome = publications.isStopped() ? GONE : FULL;
    refused.forEach(one -> answer(one, outcome));
  }

  private static void abandon(List<Publish> batch) {
    batch.forEach(one -> answer(one, CLOSED));
  }

  private static void answer(Publish one, PublishOutcome outcome) {
    guarded(() -> one.callback().onOutcome(outcome));
  }

  /** Publications that came together reach each node together. */
  private void deliver(List<List<Publish>> batches) {
    guarded(() -> byNode(batches).forEach((node, all) -> guarded(() -> node.deliver(all))));
    for (List<Publish> batch : batches) {
      batch.forEach(one -> answer(one, PublishOutcome.ACCEPTED));
    }
  }

  private Map<InMemoryBroker, List<Publication>> byNode(List<List<Publish>> batches) {
    Map<InMemoryBroker, List<Publication>> byNode = new LinkedHashMap<>();
    for (List<Publish> batch : batches) {
      for (Publish one : batch) {
        Publication publication = one.publication();
        for (InMemoryBroker node : subscribers.getOrDefault(publication.channel(), List.of())) {
          byNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(publication);
        }
      }
    }
    return byNode;
  }

  /** For one node, or for all without one. */
  CompletionStage<Void> control(ControlMessage message, @Nullable Incarnation to) {
    return send(control, message, to);
  }

  CompletionStage<Void> bulk(ControlMessage message, Incarnation to) {
    return send(bulk, message, to);
  }

  private CompletionStage<Void> send(
      BusLane<Control> lane, ControlMessage message, @Nullable Incarnation to) {
    if (to != null && nodes.stream().noneMatch(node -> node.isCalled(to))) {
      return CompletableFuture.failedStage(new NodeGoneException(to));
    }
    if (lane.offer(new Control(message, to), CONTROL_OVERHEAD + message.payload().size())) {
      return CompletableFuture.completedStage(null);
    }
    return CompletableFuture.failedStage(
        lane.isStopped()
            ? new BrokerRefusedException(Refusal.UNAVAILABLE, IS_CLOSED)
            : new BrokerRefusedException(Refusal.OVERLOADED, IS_FULL));
  }

  /**
   * A message that waits for its thread.
   *
   * @param to null for all nodes
   */
  private record Control(ControlMessage message, @Nullable Incarnation to) {
    boolean isFor(InMemoryBroker node) {
      return to == null || node.isCalled(to);
    }
  }

  private void deliver(List<Control> batch, BiConsumer<InMemoryBroker, ControlMessage> way) {
    for (Control task : batch) {
      for (InMemoryBroker node : nodes) {
        if (task.isFor(node)) {
          guarded(() -> way.accept(node, task.message()));
        }
      }
    }
  }

  /**
   * Ends its threads. Publications that are still queued are answered and not delivered.
   * Idempotent.
   */
  @Override
  public void close() {
    publications.stop();
    control.stop();
    bulk.stop();
  }
}
