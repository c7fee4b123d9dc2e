package io.carillon.adapter.rabbitmq;

import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
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
 * <p>A turn binds one slice of keys ({@link ExactBindings}). Then come some unbinds, as many as
 * binds or a few; each waits for an answer, so more of them would hold up binds.
 *
 * <p>Any thread may call; the rest runs on a thread of its own.
 */
final class Binder {

  private static final Logger log = LoggerFactory.getLogger(Binder.class);

  private final Worker worker = new Worker("carillon-rabbitmq-binder").start();
  private final BindCounters counters = new BindCounters();
  private final BindKeys keys = new BindKeys();
  private final ExactBindings exact = new ExactBindings(keys, counters);
  private final Width width;
  private final Timer timer;
  private @Nullable BindTarget target;
  private boolean turnPosted;
  private boolean narrowingPlanned;

  /** Whether subscribes are welcome. Written by the supervisor, read by every thread. */
  private volatile boolean open;

  Binder(WideLimits limits, LongSupplier nanoClock, Timer timer) {
    this.width = new Width(limits, nanoClock);
    this.timer = timer;
  }

  /** Completes once all these keys are routed here; fails when they can't be now. */
  CompletableFuture<Void> subscribe(List<Channel> wanted) {
    BindRequest request = new BindRequest(wanted);
    if (!open || !worker.post(() -> accept(request))) {
      request.done.completeExceptionally(unavailable());
    }
    return request.done;
  }

  /** Completes once these keys are unbound, or wanted again, or the connection is lost. */
  CompletableFuture<Void> unsubscribe(List<Channel> unwanted) {
    BindRequest request = new BindRequest(unwanted);
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
    if (!worker.post(() -> restore(newTarget, restored))) {
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

  /** What it did so far. Any thread. */
  BindCounters counters() {
    return counters;
  }

  private void restore(BindTarget newTarget, CompletableFuture<Integer> restored) {
    try {
      if (keys.desired() > 0) {
        widen(newTarget);
        width.restored(keys.desired());
      }
      target = newTarget;
      counters.stands(keys.confirmed(), width);
      restored.complete(keys.desired());
      postTurn();
    } catch (IOException | RuntimeException e) {
      width.lost();
      restored.completeExceptionally(e);
    }
  }

  private void accept(BindRequest request) {
    if (target == null) {
      request.done.completeExceptionally(unavailable());
      return;
    }
    keys.want(request.keys);
    exact.add(request);
    postTurn();
  }

  private void drop(BindRequest request) {
    keys.drop(request.keys);
    if (target == null) {
      request.done.complete(null);
      return;
    }
    exact.addUnbind(request);
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
    try {
      turn(target);
    } catch (IOException | RuntimeException e) {
      target.lose("binding to queue " + target.queue() + " failed: " + Failures.reason(e));
      abandon();
      return;
    }
    counters.stands(keys.confirmed(), width);
    if (!exact.isIdle()) {
      postTurn();
    }
  }

  private void turn(BindTarget queue) throws IOException {
    long bindsBefore = counters.binds();
    if (width.shouldWiden(keys.desired(), exact.pending())) {
      widen(queue);
      width.widened();
      counters.switched();
    }
    if (width.isWide()) {
      exact.answerAll();
      narrow(queue);
    } else {
      exact.bindSlice(queue);
    }
    exact.unbindSlice(queue, Math.toIntExact(counters.binds() - bindsBefore));
  }

  private void widen(BindTarget to) throws IOException {
    log.info("Binding all topics to queue {}: {} are wanted", to.queue(), keys.desired());
    to.bindAll();
    counters.bound(1);
  }

  /** A step from the wide binding to exact ones, when it is time for one. */
  private void narrow(BindTarget to) throws IOException {
    if (!width.isTemporary(keys.desired())) {
      return;
    }
    long wait = width.nanosToNarrow();
    if (wait > 0) {
      planNarrowing(wait);
      return;
    }
    if (exact.bindMissing(to)) {
      postTurn();
      return;
    }
    to.unbindAll();
    width.narrowed();
    counters.switched();
    log.info("Queue {} is bound to {} topics alone again", to.queue(), keys.confirmed());
  }

  private void planNarrowing(long nanos) {
    if (!narrowingPlanned) {
      narrowingPlanned = true;
      timer.after(nanos, () -> worker.post(this::plannedTurn));
    }
  }

  private void plannedTurn() {
    narrowingPlanned = false;
    turn();
  }

  private void abandon() {
    open = false;
    target = null;
    keys.lost();
    width.lost();
    counters.stands(0, width);
    exact.abandon(unavailable());
  }

  private static BrokerRefusedException unavailable() {
    return new BrokerRefusedException(Refusal.UNAVAILABLE, "RabbitMQ is not connected");
  }
}
