package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker of a single process: connects the {@link InMemoryBroker}s that were made of it. One
 * bus with one node is the {@code local} driver; one with several nodes is the embedded broker of
 * the demo and of tests.
 *
 * <p>Two threads carry everything, one for publications and one for control messages, so that all
 * nodes see one order and control messages never wait behind publications. The publications' queue
 * is bounded; beyond it publishes are refused. The bus ends with its last node.
 */
public final class InMemoryBus implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(InMemoryBus.class);
  private static final long MAX_QUEUED_BYTES = 64L << 20;

  /** What a queued control message costs beside its payload, in bytes, roughly. */
  private static final int CONTROL_OVERHEAD = 256;

  private static final PublishOutcome FULL = new PublishOutcome.Refused("the local bus is full");
  private static final PublishOutcome CLOSED =
      new PublishOutcome.Unknown("the local bus was closed");

  private final Lane<List<Publish>> publications =
      new Lane<>("carillon-bus-publications", this::deliver, InMemoryBus::abandon);
  private final Lane<Control> control =
      new Lane<>("carillon-bus-control", this::deliverControl, Control::abandon);
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
    nodes.remove(node);
    subscribers.keySet().forEach(channel -> unsubscribe(node, channel));
    if (nodes.isEmpty()) {
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

  /** Takes as many as there is room for, in their order. */
  void publish(List<Publish> batch) {
    List<Publish> taken = new ArrayList<>(batch.size());
    List<Publish> refused = new ArrayList<>();
    long weight = 0;
    for (Publish one : batch) {
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
    refused.forEach(one -> one.callback().onOutcome(FULL));
  }

  private static void abandon(List<Publish> batch) {
    batch.forEach(one -> guarded(() -> one.callback().onOutcome(CLOSED)));
  }

  /** What has come together reaches each node together. */
  private void deliver(List<List<Publish>> batches) {
    guarded(() -> byNode(batches).forEach((node, all) -> guarded(() -> node.deliver(all))));
    for (List<Publish> batch : batches) {
      batch.forEach(one -> guarded(() -> one.callback().onOutcome(PublishOutcome.ACCEPTED)));
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

  CompletableFuture<Void> control(ControlMessage message) {
    Control task = new Control(message, new CompletableFuture<>());
    if (!control.offer(task, CONTROL_OVERHEAD + message.payload().size())) {
      task.sent().completeExceptionally(unavailable("the local bus is full"));
    }
    return task.sent();
  }

  private record Control(ControlMessage message, CompletableFuture<Void> sent) {
    void abandon() {
      sent.completeExceptionally(unavailable("the local bus was closed"));
    }
  }

  private void deliverControl(List<Control> batch) {
    for (Control task : batch) {
      for (InMemoryBroker node : nodes) {
        guarded(() -> node.deliver(task.message()));
      }
      task.sent().complete(null);
    }
  }

  private static BrokerUnavailableException unavailable(String why) {
    return new BrokerUnavailableException(why);
  }

  /** Ends both threads. What is still queued is answered and not delivered. Idempotent. */
  @Override
  public void close() {
    publications.stop();
    control.stop();
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable bug) {
      log.error("A listener of the local bus failed", bug);
    }
  }

  /** One thread and the bounded queue before it; what waits is carried together. */
  private static final class Lane<T> {
    private static final int MAX_BATCH = 256;

    private final BlockingQueue<Queued<T>> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Consumer<List<T>> carry;
    private final Consumer<T> abandon;
    private final Thread thread;

    /** Set once by whoever stops it, read by those who offer. */
    private volatile boolean stopped;

    private record Queued<T>(T task, long weight) {}

    Lane(String name, Consumer<List<T>> carry, Consumer<T> abandon) {
      this.carry = carry;
      this.abandon = abandon;
      this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Whether so many bytes more could be taken now. */
    boolean hasRoom(long weight) {
      return queuedBytes.get() + weight <= MAX_QUEUED_BYTES;
    }

    boolean offer(T task, long weight) {
      if (queuedBytes.addAndGet(weight) > MAX_QUEUED_BYTES || stopped) {
        queuedBytes.addAndGet(-weight);
        return false;
      }
      Queued<T> queued = new Queued<>(task, weight);
      queue.add(queued);
      // Stopped in between, nobody may look any more: then it is ours again.
      return !stopped || !queue.remove(queued);
    }

    void stop() {
      stopped = true;
      thread.interrupt();
    }

    private void run() {
      List<Queued<T>> taken = new ArrayList<>();
      try {
        while (!stopped) {
          taken.add(queue.take());
          queue.drainTo(taken, MAX_BATCH - 1);
          List<T> tasks = taken.stream().map(Queued::task).toList();
          guarded(() -> carry.accept(tasks));
          taken.forEach(queued -> queuedBytes.addAndGet(-queued.weight()));
          taken.clear();
        }
      } catch (InterruptedException asked) {
        // By stop.
      }
      for (Queued<T> left = queue.poll(); left != null; left = queue.poll()) {
        T task = left.task();
        guarded(() -> abandon.accept(task));
      }
    }
  }
}
