package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import io.carillon.adapter.rabbitmq.PublishLanes.Leftovers;
import io.carillon.adapter.rabbitmq.PublishLanes.Message;
import io.carillon.adapter.rabbitmq.PublishLanes.Outgoing;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes envelopes to one exchange and tells each publisher how it ended. Any thread may publish;
 * one thread of its own does everything else: it alone writes to the AMQP channel, and confirms are
 * handed to it. The broker has two, one for publications and one for control messages.
 */
final class Publisher {

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  /** Not kept on disk. */
  private static final int TRANSIENT = 1;

  private static final int LOOKS_PER_TIMEOUT = 10;

  private final String exchange;
  private final AMQP.BasicProperties properties;
  private final PublishLimits limits;
  private final PublishLanes lanes;
  private final Worker worker;

  /** Bytes that were taken and not yet written; added to by every thread. */
  private final AtomicLong waitingBytes = new AtomicLong();

  /** Why RabbitMQ takes nothing now; null when it does. Set by the driver, read by every thread. */
  private volatile @Nullable String blocked;

  private final PublishCounters counters = new PublishCounters();
  private final Timer timer;
  private boolean lookPlanned;
  private @Nullable Channel amqp;
  private Consumer<String> onFailure = reason -> {};
  private @Nullable CompletableFuture<Void> drained;

  /**
   * @param nanoClock monotonic, in nanoseconds
   * @param timer wakes this up to look for what RabbitMQ has not answered
   */
  Publisher(
      String name, Wire.Lane wire, PublishLimits limits, LongSupplier nanoClock, Timer timer) {
    this.exchange = wire.exchange();
    this.properties =
        new AMQP.BasicProperties.Builder()
            .contentType(wire.form().contentType())
            .deliveryMode(TRANSIENT)
            .build();
    this.limits = limits;
    this.lanes =
        wire.form().isConcatenable()
            ? PublishLanes.batching(limits, nanoClock)
            : PublishLanes.single(limits, nanoClock);
    this.timer = timer;
    this.worker = new Worker(name).start();
  }

  /**
   * Publishes envelopes in their order; those of one key may go in one message. Each callback hears
   * its outcome on this publisher's thread or at once.
   */
  void publish(List<Outgoing> publications) {
    List<Outgoing> taken = new ArrayList<>(publications.size());
    String reason = blocked;
    for (Outgoing publication : publications) {
      if (reason != null) {
        answer(publication, new PublishOutcome.Refused(Refusal.UNAVAILABLE, reason));
      } else if (waitingBytes.addAndGet(publication.envelope().length) > limits.waitingBytes()) {
        waitingBytes.addAndGet(-publication.envelope().length);
        answer(
            publication,
            new PublishOutcome.Refused(Refusal.OVERLOADED, "too much waits for RabbitMQ already"));
      } else {
        taken.add(publication);
      }
    }
    if (!taken.isEmpty() && !worker.post(() -> enqueue(taken))) {
      taken.forEach(publication -> refuse(publication, "the broker is closed"));
    }
  }

  /**
   * Publishes through this AMQP channel, which is in confirm mode, from now on.
   *
   * @param lose hears why, when writing fails: nobody knows what of it was sent, so the channel
   *     must not be used again
   */
  void attach(Channel channel, Consumer<String> lose) {
    channel.addConfirmListener(
        new ConfirmListener() {
          @Override
          public void handleAck(long tag, boolean multiple) {
            worker.post(() -> confirmed(channel, tag, multiple));
          }

          @Override
          public void handleNack(long tag, boolean multiple) {
            worker.post(() -> rejected(channel, tag, multiple));
          }
        });
    worker.post(
        () -> {
          amqp = channel;
          blocked = null;
          onFailure = lose;
        });
  }

  /**
   * RabbitMQ takes nothing for now. Whatever is not written yet is refused, and so is what comes.
   * Of what is written nobody knows: RabbitMQ may take it when it goes on.
   */
  void block(String reason) {
    blocked = reason;
    worker.post(
        () -> {
          PublishOutcome unknown = new PublishOutcome.Unknown(reason);
          lanes.takeUnanswered().forEach(publication -> answer(publication, unknown));
          lanes.takeWaiting().forEach(publication -> refuse(publication, reason));
        });
  }

  /** RabbitMQ takes publications again. */
  void unblock() {
    blocked = null;
  }

  /** The AMQP channel is lost: answers everything under way, and refuses until the next attach. */
  void detach(String reason) {
    worker.post(() -> abandon(reason));
  }

  /** Completes once nothing waits and nothing is unconfirmed. */
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

  /** Answers what is left, and lets the thread end. */
  void close() {
    detach("the broker is closed");
    worker.stop();
  }

  /** For tests: runs on this publisher's thread, behind what was asked for before. */
  void afterPosted(Runnable task) {
    worker.post(task);
  }

  /** Waits for the thread to end. */
  void join(Duration patience) throws InterruptedException {
    worker.join(patience);
  }

  /** What was published so far, and what waits. Any thread. */
  RabbitMqStats.Publishing stats() {
    return counters.stats(blocked != null, waitingBytes.get());
  }

  private void enqueue(List<Outgoing> publications) {
    if (amqp == null) {
      publications.forEach(publication -> refuse(publication, "RabbitMQ is not connected"));
      return;
    }
    publications.forEach(lanes::add);
    pump();
    planLook();
  }

  /** Some times per timeout as long as anything is under way: no timer for each publication. */
  private void planLook() {
    if (!lookPlanned && !lanes.isIdle()) {
      lookPlanned = true;
      long pause = limits.timeout().dividedBy(LOOKS_PER_TIMEOUT).toNanos();
      timer.after(pause, () -> worker.post(this::lookForLate));
    }
  }

  /** The connection seems well, but nothing comes back: publishers must not wait for ever. */
  private void lookForLate() {
    lookPlanned = false;
    Leftovers late = lanes.takeLate();
    if (!late.sent().isEmpty() || !late.unsent().isEmpty()) {
      log.warn(
          "RabbitMQ has not answered {} publications in {} ms; {} that wait behind them are"
              + " refused",
          late.sent().size(),
          limits.timeout().toMillis(),
          late.unsent().size());
      PublishOutcome unknown = new PublishOutcome.Unknown("RabbitMQ does not answer");
      late.sent().forEach(publication -> answer(publication, unknown));
      late.unsent().forEach(publication -> refuse(publication, "RabbitMQ does not answer"));
      completeIfDrained();
    }
    planLook();
  }

  private void pump() {
    while (amqp != null) {
      Message message = lanes.next();
      if (message == null) {
        return;
      }
      write(amqp, message);
    }
  }

  private void write(Channel channel, Message message) {
    try {
      channel.basicPublish(exchange, message.key(), properties, message.body());
      waitingBytes.addAndGet(-message.size());
      counters.written(message.publications().size());
      if (log.isTraceEnabled()) {
        log.trace(
            "Published {} to \"{}\" on exchange \"{}\"",
            message.publications().size(),
            message.key(),
            exchange);
      }
    } catch (AlreadyClosedException e) {
      // Thrown before the first byte, so this one is certainly not sent.
      lanes.withdraw(message);
      message.publications().forEach(publication -> refuse(publication, "RabbitMQ is gone"));
      fail("RabbitMQ is gone");
    } catch (IOException | RuntimeException e) {
      waitingBytes.addAndGet(-message.size());
      fail("the connection to RabbitMQ broke: " + Failures.reason(e));
    }
  }

  private void fail(String reason) {
    abandon(reason);
    onFailure.accept(reason);
  }

  private void confirmed(Channel from, long tag, boolean multiple) {
    answer(from, tag, multiple, PublishOutcome.ACCEPTED);
  }

  private void rejected(Channel from, long tag, boolean multiple) {
    answer(from, tag, multiple, new PublishOutcome.Unknown("RabbitMQ could not take it"));
  }

  private void answer(Channel from, long tag, boolean multiple, PublishOutcome outcome) {
    if (!from.equals(amqp)) {
      return; // of a connection that is lost: answered already
    }
    List<Message> answered = lanes.confirm(tag, multiple);
    // What waited for these is on its way before anybody hears about them.
    pump();
    for (Message message : answered) {
      if (log.isTraceEnabled()) {
        log.trace(
            "RabbitMQ confirmed a publication to \"{}\": {}",
            message.key(),
            outcome.getClass().getSimpleName());
      }
      message.takeUnanswered().forEach(publication -> answer(publication, outcome));
    }
    completeIfDrained();
  }

  private void abandon(String reason) {
    amqp = null;
    Leftovers left = lanes.reset();
    PublishOutcome unknown = new PublishOutcome.Unknown(reason);
    left.sent().forEach(publication -> answer(publication, unknown));
    left.unsent().forEach(publication -> refuse(publication, reason));
    completeIfDrained();
  }

  private void completeIfDrained() {
    if (drained != null && lanes.isIdle()) {
      drained.complete(null);
    }
  }

  private void refuse(Outgoing publication, String reason) {
    waitingBytes.addAndGet(-publication.envelope().length);
    answer(publication, new PublishOutcome.Refused(Refusal.UNAVAILABLE, reason));
  }

  private void answer(Outgoing publication, PublishOutcome outcome) {
    counters.answered(outcome);
    try {
      publication.callback().onOutcome(outcome);
    } catch (RuntimeException bug) {
      log.error("A publish callback failed", bug);
    }
  }
}
