package io.carillon.broker;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
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

  private final Lane publications = new Lane("carillon-bus-publications");
  private final Lane control = new Lane("carillon-bus-control");
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

  void publish(Publication publication, PublishCallback callback) {
    boolean taken =
        publications.offer(
            new Task(
                publication.weight(),
                () -> {
                  for (InMemoryBroker node :
                      subscribers.getOrDefault(publication.channel(), List.of())) {
                    node.deliver(publication);
                  }
                  callback.onOutcome(PublishOutcome.ACCEPTED);
                },
                () -> callback.onOutcome(new PublishOutcome.Unknown("the local bus was closed"))));
    if (!taken) {
      callback.onOutcome(new PublishOutcome.Refused("the local bus is full"));
    }
  }

  CompletableFuture<Void> control(InMemoryBroker sender, ControlMessage message) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    boolean taken =
        control.offer(
            new Task(
                CONTROL_OVERHEAD + message.payload().size(),
                () -> {
                  for (InMemoryBroker node : nodes) {
                    if (node != sender) {
                      node.deliver(message);
                    }
                  }
                  sent.complete(null);
                },
                () -> sent.completeExceptionally(unavailable("the local bus was closed"))));
    if (!taken) {
      sent.completeExceptionally(unavailable("the local bus is full"));
    }
    return sent;
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

  /** What a lane carries: how heavy it is, how to carry it, and what to say when it isn't. */
  private record Task(int weight, Runnable carry, Runnable abandon) {}

  /** One thread and the bounded queue before it. */
  private static final class Lane {
    private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Thread thread;

    /** Set once by whoever stops it, read by those who offer. */
    private volatile boolean stopped;

    Lane(String name) {
      thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    boolean offer(Task task) {
      if (queuedBytes.addAndGet(task.weight) > MAX_QUEUED_BYTES || stopped) {
        queuedBytes.addAndGet(-task.weight);
        return false;
      }
      queue.add(task);
      // Stopped in between, nobody may look any more: then it is ours again.
      return !stopped || !queue.remove(task);
    }

    void stop() {
      stopped = true;
      thread.interrupt();
    }

    private void run() {
      try {
        while (!stopped) {
          Task task = queue.take();
          queuedBytes.addAndGet(-task.weight);
          guarded(task.carry);
        }
      } catch (InterruptedException asked) {
        // By stop.
      }
      for (Task task = queue.poll(); task != null; task = queue.poll()) {
        guarded(task.abandon);
      }
    }

    private static void guarded(Runnable task) {
      try {
        task.run();
      } catch (Throwable bug) {
        log.error("A listener of the local bus failed", bug);
      }
    }
  }
}
