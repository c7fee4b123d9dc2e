package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends probes the whole way to this node's own queues, for as long as a {@link Link} lasts. Only a
 * message that comes back proves that a node which publishes nothing is not deaf: RabbitMQ takes an
 * exchange away, with all of its bindings, without a word to the queues.
 *
 * <p>A lost way is found after two rounds ({@link Hearing}), four seconds. A deleted exchange is
 * found by the next round, since RabbitMQ closes the AMQP channel that publishes to it.
 *
 * <p>Owned by a {@link Link}. The first round runs on the thread that opens the link, all others on
 * the timer's threads, one at a time.
 */
final class Prober {

  static final Duration INTERVAL = Duration.ofSeconds(2);

  /** How far the clocks of two nodes may differ. */
  private static final Duration CLOCKS = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Prober.class);

  private final Channel channel;
  private final List<Hearing> queues;
  private final InstantSource clock;
  private final Timer timer;
  private final BooleanSupplier blocked;
  private final BooleanSupplier ended;
  private final Consumer<String> lost;

  /**
   * How much earlier than the last probe a publication of another node may have been published that
   * came to the queue behind it: the publication waits in that node for RabbitMQ, and clocks
   * differ.
   */
  private final Duration allowance;

  /**
   * @param channel writes the probes; nothing else does
   * @param blocked whether RabbitMQ reads nothing now
   * @param publishTimeout how long a publication may wait in a node for RabbitMQ
   * @param ended whether the link is lost
   * @param lost hears why, when probes can't be written
   */
  Prober(
      Channel channel,
      List<Hearing> queues,
      InstantSource clock,
      Timer timer,
      Duration publishTimeout,
      BooleanSupplier blocked,
      BooleanSupplier ended,
      Consumer<String> lost) {
    this.channel = channel;
    this.queues = List.copyOf(queues);
    this.clock = clock;
    this.timer = timer;
    this.allowance = publishTimeout.plus(CLOCKS);
    this.blocked = blocked;
    this.ended = ended;
    this.lost = lost;
  }

  /** Begins the first round at once; others follow until the link is lost. */
  void start() {
    try {
      round();
    } catch (IOException | ShutdownSignalException e) {
      lost.accept(Failures.reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("Probing the connection to RabbitMQ failed", bug);
      lost.accept(Failures.unexpected(bug));
    }
    if (!ended.getAsBoolean()) {
      timer.after(INTERVAL.toNanos(), this::start);
    }
  }

  /**
   * Publications that RabbitMQ took before this time have come to this node, on every lane. Any
   * thread.
   */
  Instant wholeAt() {
    return queues.stream()
        .map(Hearing::wholeAt)
        .min(Instant::compareTo)
        .orElseThrow()
        .minus(allowance);
  }

  private void round() throws IOException {
    if (ended.getAsBoolean() || blocked.getAsBoolean()) {
      return;
    }
    for (Hearing queue : queues) {
      if (queue.isDue()) {
        send(queue, queue.begin(clock.instant()));
      }
    }
  }

  private void send(Hearing queue, ProbeMessage probe) throws IOException {
    for (String exchange : queue.exchanges()) {
      channel.basicPublish(
          exchange, ProbeMessage.key(queue.queue()), probe.properties(), probe.body());
    }
    channel.basicPublish(Link.DEFAULT_EXCHANGE, queue.queue(), probe.properties(), probe.body());
  }
}
