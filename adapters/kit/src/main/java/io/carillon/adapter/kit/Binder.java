package io.carillon.adapter.kit;

import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the bindings in the broker equal to the channels that this node's subscribers want.
 *
 * <p>It knows what is <i>desired</i> and what the broker has <i>confirmed</i>, and works off the
 * difference. A call only changes what is desired, in the order of the calls. One thread, which
 * waits for every answer, decides whether a channel has to be bound or unbound when the channel's
 * turn comes. So no unbind can overtake a bind of the same channel or the other way round, and a
 * bind that is no longer wanted is never made.
 *
 * <p>In a turn the {@link BindPolicy} binds, usually one slice of channels. Then come some unbinds:
 * as many as there were binds, or a few. Each unbind may wait for an answer, so more of them would
 * delay binds.
 *
 * <p>Any thread may call; the rest runs on a thread of its own. Owned by an {@link Engine}; public
 * so that adapters can test policies of their own with it.
 *
 * @param <T> the target that this can bind to
 */
public final class Binder<T extends BindTarget> {

  private static final Logger log = LoggerFactory.getLogger(Binder.class);

  private final Vendor vendor;
  private final BindPolicy<? super T> policy;
  private final Timer timer;
  private final Worker worker;
  private final BindCounters counters = new BindCounters();
  private final BoundChannels channels = new BoundChannels();
  private final ExactBindings exact = new ExactBindings(channels, counters);
  private final BindPolicy.Turns turns = new PostedTurns();
  private @Nullable T target;
  private boolean turnPosted;
  private boolean turnPlanned;

  /** Whether subscribes are accepted. Written by the supervisor, read by every thread. */
  private volatile boolean open;

  /**
   * @param timer for turns that the policy plans
   */
  public Binder(Environment environment, BindPolicy<? super T> policy, Timer timer) {
    this.vendor = environment.vendor();
    this.policy = policy;
    this.timer = timer;
    this.worker = new Worker(environment.threadName("binder")).start();
  }

  /** Completes once all these channels are routed here; fails when they can't be now. */
  public CompletableFuture<Void> subscribe(List<Channel> wanted) {
    BindRequest request = new BindRequest(wanted);
    if (!open || !worker.post(() -> accept(request))) {
      request.done.completeExceptionally(unavailable());
    }
    return request.done;
  }

  /** Completes once these channels are unbound, or wanted again, or the connection is lost. */
  public CompletableFuture<Void> unsubscribe(List<Channel> unwanted) {
    BindRequest request = new BindRequest(unwanted);
    if (!worker.post(() -> drop(request))) {
      request.done.complete(null);
    }
    return request.done;
  }

  /**
   * Routes everything that is desired to a new target.
   *
   * @return completes with the number of channels; fails as binding fails
   */
  public CompletableFuture<Integer> restore(T newTarget) {
    CompletableFuture<Integer> restored = new CompletableFuture<>();
    if (!worker.post(() -> restore(newTarget, restored))) {
      restored.completeExceptionally(unavailable());
    }
    return restored;
  }

  /**
   * A target no longer routes these channels here. Those for which a call still waits are bound
   * again. The others are neither bound nor desired afterwards.
   *
   * @param report receives those of which subscribers were told that they are bound, if there are
   *     any, on this binder's thread
   */
  public void lose(T from, Set<Channel> lost, Consumer<Set<Channel>> report) {
    worker.post(() -> loseFrom(from, lost, report));
  }

  /** Accepts subscribes, after {@link #restore}. */
  public void open() {
    open = true;
  }

  /** The target is lost: fails all pending subscribes, and every new one until {@link #open}. */
  public void detach() {
    open = false;
    worker.post(this::abandon);
  }

  /** Fails all pending subscribes, and lets the thread end. */
  public void close() {
    detach();
    worker.stop();
  }

  /** Waits for the thread to end. */
  public void join(Duration patience) throws InterruptedException {
    worker.join(patience);
  }

  /** The binder's counters so far. Any thread. */
  public BrokerStats.Binding stats() {
    return counters.stats();
  }

  private void restore(T newTarget, CompletableFuture<Integer> restored) {
    try {
      policy.restore(newTarget, exact);
      target = newTarget;
      counters.stands(exact.confirmed());
      restored.complete(exact.desired());
      postTurn();
    } catch (IOException | RuntimeException | Error e) { // The supervisor waits for an answer.
      policy.lost();
      channels.lost();
      restored.completeExceptionally(e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a target is itself, and no other one
  private void loseFrom(T from, Set<Channel> lost, Consumer<Set<Channel>> report) {
    if (from != target) {
      return;
    }
    Set<Channel> promised = exact.lose(lost);
    counters.stands(exact.confirmed());
    if (!promised.isEmpty()) {
      report.accept(promised);
    }
  }

  private void accept(BindRequest request) {
    if (target == null) {
      request.done.completeExceptionally(unavailable());
      return;
    }
    channels.want(request.channels);
    exact.add(request);
    postTurn();
  }

  private void drop(BindRequest request) {
    channels.drop(request.channels);
    if (target == null) {
      request.done.complete(null);
      return;
    }
    exact.addUnbind(request);
    postTurn();
  }

  /**
   * Posted behind the tasks that are in the inbox now, so that a turn takes all of them into
   * account.
   */
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
    } catch (IOException e) {
      giveUp(target, "binding to " + target.name() + " failed: " + vendor.reason(e));
      return;
    } catch (RuntimeException | Error bug) { // How much of the slice is bound is unknown.
      log.error("Binding to {} failed, so the connection is made anew", target.name(), bug);
      giveUp(target, Vendor.unexpected(bug));
      return;
    }
    counters.stands(exact.confirmed());
    if (!exact.isIdle()) {
      postTurn();
    }
  }

  private void giveUp(T broken, String reason) {
    broken.lose(reason);
    abandon();
  }

  private void turn(T to) throws IOException {
    long bindsBefore = counters.binds();
    policy.turn(to, exact, turns);
    exact.unbindSlice(to, Math.toIntExact(counters.binds() - bindsBefore));
  }

  private void plannedTurn() {
    turnPlanned = false;
    turn();
  }

  private void abandon() {
    open = false;
    target = null;
    channels.lost();
    policy.lost();
    counters.stands(0);
    exact.abandon(unavailable());
  }

  private BrokerRefusedException unavailable() {
    return new BrokerRefusedException(Refusal.UNAVAILABLE, vendor.name() + " is not connected");
  }

  private final class PostedTurns implements BindPolicy.Turns {

    @Override
    public void again() {
      postTurn();
    }

    @Override
    public void later(long nanos) {
      if (!turnPlanned) {
        turnPlanned = true;
        timer.after(nanos, () -> worker.post(Binder.this::plannedTurn));
      }
    }
  }
}
