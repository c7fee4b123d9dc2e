package io.carillon.adapter.rabbitmq;

import io.carillon.broker.BrokerUnavailableException;
import io.carillon.message.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the bindings of this node's queue what its subscribers want them to be.
 *
 * <p>It knows what is <i>desired</i> and what RabbitMQ has <i>confirmed</i>, and works the
 * difference off. A call only changes what is desired, in the order of the calls; whether a key has
 * to be bound or unbound is decided when its turn comes, by one thread that waits for every answer.
 * So no unbind can overtake a bind of the same key or the other way round, and one that is no
 * longer wanted is never made.
 *
 * <p>Above some number of keys, while many are pending, and when a connection is new, it binds
 * {@code #} instead ({@link Width} decides): every key is then routed here, and subscribes are
 * answered at once. RabbitMQ delivers once however many bindings match, so the way back is safe
 * step by step: exact keys are bound beside the wide binding, which goes in a turn in which every
 * desired key is confirmed. Whoever comes while its unbind is under way waits for a bind of his
 * own.
 *
 * <p>A turn binds one slice: all keys but the last without waiting, the last with an answer, which
 * stands for all, because RabbitMQ handles an AMQP channel's commands in order. Then come some
 * unbinds, as many as binds or a few; they have no form without an answer, so more of them would
 * hold up binds. Subscriptions that don't fit into a slice go to the back of the line, so that a
 * large one delays a small one by a slice and not by its whole size.
 *
 * <p>Any thread may call; the rest runs on a thread of its own.
 */
final class Binder {

  private static final Logger log = LoggerFactory.getLogger(Binder.class);
  private static final int BINDS_PER_TURN = 256;
  private static final int UNBINDS_PER_TURN = 16;

  private final Worker worker = new Worker("carillon-rabbitmq-binder").start();
  private final Width width;
  private final Timer timer;
  private final LongAdder bindCount = new LongAdder();
  private final LongAdder bindRpcCount = new LongAdder();

  /** Keys that should be bound. */
  private final Set<Channel> desired = new LinkedHashSet<>();

  /** Desired keys of which a subscriber was told that they are bound; they outlive an outage. */
  private final Set<Channel> promised = new HashSet<>();

  /** Keys that RabbitMQ has bound. */
  private final Set<Channel> confirmed = new HashSet<>();

  private final Queue<BindRequest> subscribes = new ArrayDeque<>();
  private final Queue<BindRequest> unsubscribes = new ArrayDeque<>();
  private @Nullable BindTarget target;
  private boolean turnPosted;
  private boolean narrowingPlanned;

  /** Whether subscribes are welcome. Written by the supervisor, read by every thread. */
  private volatile boolean open;

  /** Runs a task later, on any thread. */
  interface Timer {
    void after(long nanos, Runnable task);
  }

  Binder(WideLimits limits, LongSupplier nanoClock, Timer timer) {
    this.width = new Width(limits, nanoClock);
    this.timer = timer;
  }

  /** Completes once all these keys are routed here; fails when they can't be now. */
  CompletableFuture<Void> subscribe(List<Channel> keys) {
    BindRequest request = new BindRequest(keys);
    if (!open || !worker.post(() -> accept(request))) {
      request.done.completeExceptionally(unavailable());
    }
    return request.done;
  }

  /** Completes once these keys are unbound, or wanted again, or the connection is lost. */
  CompletableFuture<Void> unsubscribe(List<Channel> keys) {
    BindRequest request = new BindRequest(keys);
    if (!worker.post(() -> drop(request))) {
      request.done.complete(null);
    }
    return request.done;
  }

  /**
   * Routes everything that is desired to a new queue: wide first, which takes one bind; the exact
   * keys follow.
   *
   * @return completes with the number of keys; fails as binding fails
   */
  CompletableFuture<Integer> restore(BindTarget newTarget) {
    CompletableFuture<Integer> restored = new CompletableFuture<>();
    boolean posted =
        worker.post(
            () -> {
              try {
                if (!desired.isEmpty()) {
                  widen(newTarget);
                  width.restored(desired.size());
                }
                target = newTarget;
                restored.complete(desired.size());
                postTurn();
              } catch (IOException | RuntimeException e) {
                width.lost();
                restored.completeExceptionally(e);
              }
            });
    if (!posted) {
      restored.completeExceptionally(unavailable());
    }
    return restored;
  }

  /** Welcomes subscribes, after {@link #restore}. */
  void open() {
    open = true;
  }

  /** The queue is lost: fails what is pending, and every subscribe until {@link #open}. */
  void detach() {
    open = false;
    worker.post(this::abandon);
  }

  /** Fails what is pending, and lets the thread end. */
  void close() {
    detach();
    worker.stop();
  }

  /** Waits for the thread to end. */
  void join(Duration patience) throws InterruptedException {
    worker.join(patience);
  }

  /** How many keys were bound so far. */
  long binds() {
    return bindCount.sum();
  }

  /** How many answers to binds were waited for so far. */
  long bindRpcs() {
    return bindRpcCount.sum();
  }

  private void accept(BindRequest request) {
    if (target == null) {
      request.done.completeExceptionally(unavailable());
      return;
    }
    desired.addAll(request.keys);
    subscribes.add(request);
    postTurn();
  }

  private void drop(BindRequest request) {
    request.keys.forEach(desired::remove);
    request.keys.forEach(promised::remove);
    if (target == null) {
      request.done.complete(null);
      return;
    }
    unsubscribes.add(request);
    postTurn();
  }

  /** Behind what is in the inbox by now, so that a turn takes all of it into account. */
  private void postTurn() {
    if (!turnPosted) {
      turnPosted = worker.post(this::turn);
    }
  }

  private void turn() {
    turnPosted = false;
    if (target == null) {
      return;
    }
    long bindsBefore = bindCount.sum();
    try {
      if (width.shouldWiden(desired.size(), pending())) {
        widen(target);
        width.widened();
      }
      if (width.isWide()) {
        answerAll();
        narrow(target);
      } else {
        bindSlice(target);
      }
      unbindSlice(target, Math.toIntExact(bindCount.sum() - bindsBefore));
    } catch (IOException | RuntimeException e) {
      target.lose("binding to queue " + target.queue() + " failed: " + Failures.reason(e));
      abandon();
      return;
    }
    if (!subscribes.isEmpty() || !unsubscribes.isEmpty()) {
      postTurn();
    }
  }

  private int pending() {
    int pending = 0;
    for (BindRequest request : subscribes) {
      pending += request.keys.size();
    }
    return pending;
  }

  private void widen(BindTarget to) throws IOException {
    log.info("Binding all topics to queue {}: {} are wanted", to.queue(), desired.size());
    to.bindAll();
    bindCount.increment();
    bindRpcCount.increment();
  }

  /** With a wide binding everything is routed here already. */
  private void answerAll() {
    for (BindRequest request : subscribes) {
      promise(request);
    }
    subscribes.clear();
  }

  /** A step from the wide binding to exact ones, when it is time for one. */
  private void narrow(BindTarget to) throws IOException {
    if (!width.isTemporary(desired.size())) {
      return;
    }
    long wait = width.nanosToNarrow();
    if (wait > 0) {
      planNarrowing(wait);
      return;
    }
    Set<Channel> slice =
        desired.stream()
            .filter(key -> !confirmed.contains(key))
            .limit(BINDS_PER_TURN)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!slice.isEmpty()) {
      bind(to, slice);
      postTurn();
      return;
    }
    to.unbindAll();
    width.narrowed();
    log.info("Queue {} is bound to {} topics alone again", to.queue(), confirmed.size());
  }

  private void planNarrowing(long nanos) {
    if (!narrowingPlanned) {
      narrowingPlanned = true;
      timer.after(
          nanos,
          () ->
              worker.post(
                  () -> {
                    narrowingPlanned = false;
                    turn();
                  }));
    }
  }

  private void promise(BindRequest request) {
    request.keys.stream().filter(desired::contains).forEach(promised::add);
    request.done.complete(null);
  }

  private void bindSlice(BindTarget to) throws IOException {
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

  private void collect(BindRequest request, Set<Channel> slice) {
    while (slice.size() < BINDS_PER_TURN && request.rest.hasNext()) {
      Channel channel = request.rest.next();
      if (desired.contains(channel) && !confirmed.contains(channel)) {
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
    confirmed.addAll(slice);
    bindCount.add(slice.size());
    bindRpcCount.increment();
    if (log.isDebugEnabled()) {
      slice.forEach(channel -> log.debug("Bound topic \"{}\" to queue {}", channel, to.queue()));
    }
  }

  /** At least as many as were bound in this turn, so that churn leaves no backlog. */
  private void unbindSlice(BindTarget from, int bound) throws IOException {
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

  /** How many commands it took. */
  private int unbind(BindTarget from, Channel channel) throws IOException {
    if (desired.contains(channel) || !confirmed.contains(channel)) {
      return 0;
    }
    log.debug("Unbinding topic \"{}\" from queue {}", channel, from.queue());
    from.unbind(channel);
    confirmed.remove(channel);
    log.debug("Unbound topic \"{}\" from queue {}", channel, from.queue());
    return 1;
  }

  private void abandon() {
    open = false;
    target = null;
    confirmed.clear();
    width.lost();
    BrokerUnavailableException failure = unavailable();
    for (BindRequest request : subscribes) {
      request.keys.stream().filter(key -> !promised.contains(key)).forEach(desired::remove);
      request.done.completeExceptionally(failure);
    }
    subscribes.clear();
    unsubscribes.forEach(request -> request.done.complete(null));
    unsubscribes.clear();
  }

  private static BrokerUnavailableException unavailable() {
    return new BrokerUnavailableException("RabbitMQ is not connected");
  }
}
