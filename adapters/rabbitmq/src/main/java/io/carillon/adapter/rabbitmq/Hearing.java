package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The probes that one of this node's queues has heard, and the conclusions from them.
 *
 * <p>A round of probes goes through every exchange that feeds the queue; a last probe, the fence,
 * goes straight to the queue. All of them leave by one AMQP channel, and a queue keeps their order.
 * So a fence that arrives without the probe that was sent before it has one of two reasons: the
 * exchange no longer feeds this queue, since somebody deleted the exchange or the binding; or
 * RabbitMQ dropped the probe from a full queue, or let the probe expire. RabbitMQ tells of dropped
 * messages within a second. So two rounds in a row that miss the probe of the same exchange, while
 * nothing was dropped, prove that the exchange no longer feeds the queue. While the fence itself
 * waits, as in a backlog or during an alarm, nothing is proved, and nothing is done.
 *
 * <p>Owned by a {@link Prober}. The queue's consumer thread hears probes, the prober's timer begins
 * rounds, and any thread may ask.
 */
final class Hearing {

  /** How many rounds in a row must miss a probe. */
  private static final int PROOF = 2;

  /** After so many intervals a round is given up: RabbitMQ may have dropped its fence. */
  private static final int PATIENCE = 5;

  private final String queue;
  private final List<String> exchanges;
  private final LongSupplier drops;
  private final Consumer<String> deaf;

  /** The latest round of which each exchange's probe was heard. On the consumer's thread. */
  private final Map<String, Long> heard = new HashMap<>();

  /** How many rounds in a row have missed each exchange's probe. On the consumer's thread. */
  private final Map<String, Integer> missed = new HashMap<>();

  /** How much RabbitMQ had dropped when a round was last complete. On the consumer's thread. */
  private long dropsSeen;

  /** The latest round that was begun. On the timer's thread. */
  private long begun;

  /** How many intervals have passed since that round began. On the timer's thread. */
  private int waited;

  /** The latest round whose fence was heard. Written by the consumer's thread. */
  private volatile long fenced;

  /** When the latest complete round was sent. Written by the consumer's thread. */
  private volatile Instant wholeAt;

  /**
   * @param exchanges what feeds the queue
   * @param drops how often RabbitMQ has told that it dropped messages of this queue
   * @param deaf hears why, when an exchange no longer feeds the queue
   * @param now nothing was missed before
   */
  Hearing(
      String queue,
      List<String> exchanges,
      LongSupplier drops,
      Consumer<String> deaf,
      Instant now) {
    this.queue = queue;
    this.exchanges = List.copyOf(exchanges);
    this.drops = drops;
    this.dropsSeen = drops.getAsLong();
    this.deaf = deaf;
    this.wholeAt = now;
  }

  String queue() {
    return queue;
  }

  /** The exchanges to send a round's probes through, in this order; the fence comes last. */
  List<String> exchanges() {
    return exchanges;
  }

  /**
   * Whether the next round is to begin: the latest one has come to its end, or takes too long.
   * Asked once in an interval, on the timer's thread.
   */
  boolean isDue() {
    waited++;
    return fenced == begun || waited >= PATIENCE;
  }

  /** The next round's probe. On the timer's thread. */
  ProbeMessage begin(Instant now) {
    waited = 0;
    return new ProbeMessage(queue, ++begun, now);
  }

  /** Everything that RabbitMQ took for this queue before this time has been heard. Any thread. */
  Instant wholeAt() {
    return wholeAt;
  }

  /** A probe came, of this queue or of another node's. On the consumer's thread. */
  void probe(String exchange, AMQP.BasicProperties properties, byte[] body) {
    if (!queue.equals(properties.getAppId())) {
      return;
    }
    long round = Long.parseLong(properties.getMessageId());
    if (exchange.equals(Link.DEFAULT_EXCHANGE)) {
      fence(round, body);
    } else {
      heard.merge(exchange, round, Math::max);
    }
  }

  private void fence(long round, byte[] body) {
    boolean complete = true;
    long dropsNow = drops.getAsLong();
    for (String exchange : exchanges) {
      if (heard.getOrDefault(exchange, 0L) >= round) {
        missed.remove(exchange);
        continue;
      }
      complete = false;
      if (dropsNow != dropsSeen) {
        missed.remove(exchange);
      } else if (missed.merge(exchange, 1, Integer::sum) >= PROOF) {
        deaf.accept(
            "exchange \"%s\" no longer feeds this node's queue, so the node reconnects (was the"
                    .formatted(exchange)
                + " exchange deleted?)");
      }
    }
    dropsSeen = dropsNow;
    if (complete) {
      ProbeMessage.sentAtMillis(body).ifPresent(millis -> wholeAt = Instant.ofEpochMilli(millis));
    }
    fenced = Math.max(fenced, round);
  }
}
