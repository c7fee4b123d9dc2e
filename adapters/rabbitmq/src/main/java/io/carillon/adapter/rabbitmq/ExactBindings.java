package io.carillon.adapter.rabbitmq;

import io.carillon.message.Channel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bindings of single keys: the calls that wait for some, and the slice that a turn works off.
 * Owned by a {@link Binder}, on its thread.
 *
 * <p>A slice of binds is sent without waiting but for the last, whose answer stands for all,
 * because RabbitMQ handles an AMQP channel's commands in order. Unbinds have no form without an
 * answer. Subscriptions that don't fit into a slice go to the back of the line, so that a large one
 * delays a small one by a slice and not by its whole size.
 */
final class ExactBindings {

  private static final Logger log = LoggerFactory.getLogger(ExactBindings.class);
  private static final int BINDS_PER_TURN = 256;
  private static final int UNBINDS_PER_TURN = 16;

  private final BindKeys keys;
  private final BindCounters counters;
  private final Queue<BindRequest> subscribes = new ArrayDeque<>();
  private final Queue<BindRequest> unsubscribes = new ArrayDeque<>();

  ExactBindings(BindKeys keys, BindCounters counters) {
    this.keys = keys;
    this.counters = counters;
  }

  void add(BindRequest subscribe) {
    subscribes.add(subscribe);
  }

  void addUnbind(BindRequest unsubscribe) {
    unsubscribes.add(unsubscribe);
  }

  boolean isIdle() {
    return subscribes.isEmpty() && unsubscribes.isEmpty();
  }

  /** How many keys subscribers wait for. */
  int pending() {
    int pending = 0;
    for (BindRequest request : subscribes) {
      pending += request.keys.size();
    }
    return pending;
  }

  /** With a wide binding everything is routed here already. */
  void answerAll() {
    subscribes.forEach(this::promise);
    subscribes.clear();
  }

  /** Binds some of what subscribers wait for, and answers those who have it all. */
  void bindSlice(BindTarget to) throws IOException {
    Set<Channel> slice = new LinkedHashSet<>();
    List<BindRequest> answered = new ArrayList<>();
    for (BindRequest request : subscribes) {
      collect(request, slice);
      if (request.rest.hasNext()) {
        break;
      }
      answered.add(request);
    }
    bind(to, slice);
    for (BindRequest request : answered) {
      subscribes.remove();
      promise(request);
    }
    if (!subscribes.isEmpty()) {
      subscribes.add(subscribes.remove());
    }
  }

  /** Binds some of the keys that only a wide binding covers; false when there are none. */
  boolean bindMissing(BindTarget to) throws IOException {
    Set<Channel> slice = keys.toBind(BINDS_PER_TURN);
    bind(to, slice);
    return !slice.isEmpty();
  }

  /** Unbinds at least as many keys as were bound in this turn, so that churn leaves no backlog. */
  void unbindSlice(BindTarget from, int bound) throws IOException {
    int budget = Math.max(UNBINDS_PER_TURN, bound);
    while (!unsubscribes.isEmpty()) {
      BindRequest request = unsubscribes.element();
      while (budget > 0 && request.rest.hasNext()) {
        budget -= unbind(from, request.rest.next());
      }
      if (request.rest.hasNext()) {
        return;
      }
      unsubscribes.remove();
      request.done.complete(null);
    }
  }

  /** The queue is lost: nobody waits any longer. */
  void abandon(Throwable failure) {
    for (BindRequest request : subscribes) {
      keys.refuse(request.keys);
      request.done.completeExceptionally(failure);
    }
    subscribes.clear();
    unsubscribes.forEach(request -> request.done.complete(null));
    unsubscribes.clear();
  }

  private void promise(BindRequest request) {
    keys.promise(request.keys);
    request.done.complete(null);
  }

  private void collect(BindRequest request, Set<Channel> slice) {
    while (slice.size() < BINDS_PER_TURN && request.rest.hasNext()) {
      Channel channel = request.rest.next();
      if (keys.isToBind(channel)) {
        slice.add(channel);
      }
    }
  }

  /** Binds all and waits for one answer. */
  private void bind(BindTarget to, Set<Channel> slice) throws IOException {
    if (slice.isEmpty()) {
      return;
    }
    int left = slice.size();
    for (Channel channel : slice) {
      log.debug("Binding topic \"{}\" to queue {}", channel, to.queue());
      if (--left > 0) {
        to.bindLater(channel);
      } else {
        to.bind(channel);
      }
    }
    keys.bound(slice);
    counters.bound(slice.size());
    if (log.isDebugEnabled()) {
      slice.forEach(channel -> log.debug("Bound topic \"{}\" to queue {}", channel, to.queue()));
    }
  }

  /** How many commands it took. */
  private int unbind(BindTarget from, Channel channel) throws IOException {
    if (!keys.isToUnbind(channel)) {
      return 0;
    }
    log.debug("Unbinding topic \"{}\" from queue {}", channel, from.queue());
    from.unbind(channel);
    keys.unbound(channel);
    log.debug("Unbound topic \"{}\" from queue {}", channel, from.queue());
    return 1;
  }
}
