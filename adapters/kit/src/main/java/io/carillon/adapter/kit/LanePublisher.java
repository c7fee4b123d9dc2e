package io.carillon.adapter.kit;

import io.carillon.adapter.kit.Batcher.Leftovers;
import io.carillon.adapter.kit.Batcher.Message;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes on one lane, and reports the outcome to each caller. Any thread may publish. One thread
 * at a time does everything else: writes to the {@link Outlet}, deals with the broker's answers,
 * and calls callbacks. That is this publisher's own thread, or, with an outlet for all threads, the
 * thread that publishes or brings an answer, unless another is at it.
 */
public final class LanePublisher {

  private static final Logger log = LoggerFactory.getLogger(LanePublisher.class);

  private static final int LOOKS_PER_TIMEOUT = 10;

  private final Lane lane;
  private final String place;
  private final Vendor vendor;
  private final PublishLimits limits;
  private final Batcher batcher;
  private final Worker worker;
  private final PublishOutcome notConnected;
  private final PublishOutcome tooMuchWaits;

  /** Bytes that were accepted and not yet written; every thread adds to it. */
  private final AtomicLong waitingBytes = new AtomicLong();

  /**
   * Why the broker accepts nothing now; null if it does. Set by the driver, read by every thread.
   */
  private volatile @Nullable String blocked;

  /** Whether publishing threads may write. Set by the driver, read by every thread. */
  private volatile boolean direct;

  private final PublishCounters counters = new PublishCounters();
  private final Timer timer;
  private boolean lookPlanned;
  private @Nullable Outlet outlet;
  private Consumer<String> onFailure = reason -> {};
  private @Nullable CompletableFuture<Void> drained;

  /**
   * @param place where it publishes, for logs: {@code exchange "news"}, for example
   * @param batcher used by this publisher only
   */
  public LanePublisher(Environment environment, Lane lane, String place, Batcher batcher) {
    this(environment, lane, place, batcher, environment.timer());
  }

  /**
   * For tests, which bring the timer that wakes the publisher to look for unanswered publications.
   */
  LanePublisher(Environment environment, Lane lane, String place, Batcher batcher, Timer timer) {
    this.lane = lane;
    this.place = place;
    this.vendor = environment.vendor();
    this.limits = batcher.limits();
    this.batcher = batcher;
    this.timer = timer;
    this.notConnected =
        new PublishOutcome.Refused(Refusal.UNAVAILABLE, vendor.name() + " is not connected");
    this.tooMuchWaits =
        new PublishOutcome.Refused(
            Refusal.OVERLOADED, "too much waits for " + vendor.name() + " already");
    this.worker = new Worker(environment.threadName(lane.thread())).start();
  }

  Lane lane() {
    return lane;
  }

  /**
   * Publishes envelopes in their order; those of one address may go in one message. Each callback
   * receives its outcome at once, on this publisher's thread, or, with an outlet for all threads,
   * on the thread that brings the broker's answer.
   */
  void publish(List<Outgoing> publications) {
    List<Outgoing> taken = new ArrayList<>(publications.size());
    String reason = blocked;
    for (Outgoing publication : publications) {
      if (reason != null) {
        answer(publication, new PublishOutcome.Refused(Refusal.UNAVAILABLE, reason));
      } else if (waitingBytes.addAndGet(publication.envelope().length) > limits.waitingBytes()) {
        refuse(publication, tooMuchWaits);
      } else {
        taken.add(publication);
      }
    }
    if (!taken.isEmpty() && !run(() -> enqueue(taken))) {
      taken.forEach(publication -> refuse(publication, "the broker is closed"));
    }
  }

  private boolean run(Runnable task) {
    return direct ? worker.runOrPost(task) : worker.post(task);
  }

  /**
   * Publishes through this outlet from now on.
   *
   * @param lose receives the reason if writing fails: the part that was sent is unknown, so the
   *     outlet must not be used again
   */
  void attach(Outlet newOutlet, Consumer<String> lose) {
    newOutlet.answerTo(new PostedAnswers(newOutlet));
    direct = newOutlet.isForAllThreads();
    blocked = null; // Now, because the new outlet may be blocked before the task runs.
    worker.post(
        () -> {
          outlet = newOutlet;
          onFailure = lose;
        });
  }

  /**
   * The broker accepts nothing for now. Publications that are not written yet are refused, and so
   * are new ones. Written publications become unknown: the broker may accept them when it goes on.
   */
  void block(String reason) {
    blocked = reason;
    worker.post(
        () -> {
          PublishOutcome unknown = new PublishOutcome.Unknown(reason);
          batcher.takeUnanswered().forEach(publication -> answer(publication, unknown));
          batcher.takeWaiting().forEach(publication -> refuse(publication, reason));
        });
  }

  /** The broker accepts publications again. */
  void unblock() {
    blocked = null;
  }

  /** The outlet is lost: answers everything under way, and refuses until the next attach. */
  void detach(String reason) {
    blocked = null;
    worker.post(() -> abandon(reason));
  }

  /** Completes as soon as no publication waits and no message is unconfirmed. */
  CompletableFuture<Void> drain() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    boolean posted =
        worker.post(
            () -> {
              drained = done;
              completeIfDrained();
            });
    if (!posted) {
      done.complete(null);
    }
    return done;
  }

  /** Answers the remaining publications, and lets the thread end. */
  void close() {
    detach("the broker is closed");
    worker.stop();
  }

  /** For tests: runs on this publisher's thread, after everything that was posted before. */
  void afterPosted(Runnable task) {
    worker.post(task);
  }

  /** Waits for the thread to end. */
  void join(Duration patience) throws InterruptedException {
    worker.join(patience);
  }

  /** The publications so far, and those that wait. Any thread. */
  BrokerStats.Publishing stats() {
    return counters.stats(blocked != null, waitingBytes.get());
  }

  private void enqueue(List<Outgoing> publications) {
    if (outlet == null) {
      publications.forEach(publication -> refuse(publication, notConnected));
      return;
    }
    publications.forEach(batcher::add);
    pump();
    planLook();
  }

  /**
   * Several times per timeout as long as anything is under way, instead of a timer for each
   * publication.
   */
  private void planLook() {
    if (!lookPlanned && !batcher.isIdle()) {
      lookPlanned = true;
      long pause = limits.timeout().dividedBy(LOOKS_PER_TIMEOUT).toNanos();
      timer.after(pause, () -> worker.post(this::lookForLate));
    }
  }

  /** The connection seems to work, but no answer comes: publishers must not wait for ever. */
  private void lookForLate() {
    lookPlanned = false;
    Leftovers late = batcher.takeLate();
    if (!late.sent().isEmpty() || !late.unsent().isEmpty()) {
      log.warn(
          "{} has not answered {} publications in {} ms; {} that wait behind them are refused",
          vendor.name(),
          late.sent().size(),
          limits.timeout().toMillis(),
          late.unsent().size());
      String reason = vendor.name() + " does not answer";
      PublishOutcome unknown = new PublishOutcome.Unknown(reason);
      late.sent().forEach(publication -> answer(publication, unknown));
      late.unsent().forEach(publication -> refuse(publication, reason));
      completeIfDrained();
    }
    planLook();
  }

  private void pump() {
    boolean written = false;
    while (outlet != null) {
      Message message = outlet.hasRoom() ? batcher.next() : null;
      if (message == null) {
        if (written) {
          flush(outlet);
        }
        return;
      }
      write(outlet, message);
      written = true;
    }
  }

  private void flush(Outlet to) {
    try {
      to.flush();
    } catch (IOException e) {
      broke(e);
    } catch (RuntimeException | Error bug) {
      failed(bug);
    }
  }

  private void write(Outlet to, Message message) {
    try {
      to.write(message.number(), message.address(), message.body());
      waitingBytes.addAndGet(-message.size());
      counters.written(message.publications().size());
      if (log.isTraceEnabled()) {
        log.trace(
            "Published {} to \"{}\" on {}",
            message.publications().size(),
            message.address(),
            place);
      }
    } catch (NotSentException e) {
      String reason = vendor.name() + " is gone";
      batcher.withdraw(message);
      message.publications().forEach(publication -> refuse(publication, reason));
      fail(reason);
    } catch (IOException e) {
      waitingBytes.addAndGet(-message.size());
      broke(e);
    } catch (RuntimeException | Error bug) {
      waitingBytes.addAndGet(-message.size());
      failed(bug);
    }
  }

  private void broke(IOException failure) {
    fail("the connection to " + vendor.name() + " broke: " + vendor.reason(failure));
  }

  private void failed(Throwable bug) {
    log.error("Publishing on {} failed, so the connection is made anew", place, bug);
    fail(Vendor.unexpected(bug));
  }

  private void fail(String reason) {
    abandon(reason);
    onFailure.accept(reason);
  }

  private void answered(List<Message> answered, PublishOutcome outcome) {
    // Publications that waited for these are written before any callback is called.
    pump();
    for (Message message : answered) {
      if (log.isTraceEnabled()) {
        log.trace(
            "{} confirmed a publication to \"{}\": {}",
            vendor.name(),
            message.address(),
            outcome.getClass().getSimpleName());
      }
      message.takeUnanswered().forEach(publication -> answer(publication, outcome));
    }
    completeIfDrained();
  }

  private void abandon(String reason) {
    outlet = null;
    Leftovers left = batcher.reset();
    PublishOutcome unknown = new PublishOutcome.Unknown(reason);
    left.sent().forEach(publication -> answer(publication, unknown));
    left.unsent().forEach(publication -> refuse(publication, reason));
    completeIfDrained();
  }

  private void completeIfDrained() {
    if (drained != null && batcher.isIdle()) {
      drained.complete(null);
    }
  }

  private void refuse(Outgoing publication, String reason) {
    refuse(publication, new PublishOutcome.Refused(Refusal.UNAVAILABLE, reason));
  }

  private void refuse(Outgoing publication, PublishOutcome refused) {
    waitingBytes.addAndGet(-publication.envelope().length);
    answer(publication, refused);
  }

  private void answer(Outgoing publication, PublishOutcome outcome) {
    counters.answered(outcome);
    try {
      publication.callback().onOutcome(outcome);
    } catch (RuntimeException | Error bug) { // The others are owed their outcomes.
      log.error("A publish callback failed", bug);
    }
  }

  /** Hands answers to the thread that may deal with them, and drops those of a lost outlet. */
  private final class PostedAnswers implements Answers {

    private final Outlet from;

    PostedAnswers(Outlet from) {
      this.from = from;
    }

    @Override
    public void one(long number, PublishOutcome outcome) {
      run(
          () -> {
            if (isCurrent()) {
              answered(batcher.confirm(number), outcome);
            }
          });
    }

    @Override
    public void upTo(long number, PublishOutcome outcome) {
      run(
          () -> {
            if (isCurrent()) {
              answered(batcher.confirmUpTo(number), outcome);
            }
          });
    }

    /** The unanswered publications of a lost outlet are answered already. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent() {
      return from == outlet;
    }
  }
}
