package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.adapter.kit.DropCause;
import io.carillon.adapter.kit.Vendor;
import io.carillon.broker.EnvelopeCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that RabbitMQ dropped publications from this node's queue: RabbitMQ puts them into the
 * gap queue, which keeps the oldest and refuses the others while it has one. The gap is reported as
 * a span of time.
 *
 * <p>Reports are acknowledged a second late, and only one may be unacknowledged. So an overflow
 * that goes on is reported once a second and not once for every publication, and its end is not
 * missed.
 *
 * <p><b>Which span.</b> A report's message is the first one dropped since the report before it was
 * delivered. Publications are dropped in the order in which they came to the queue. So every other
 * publication that this report stands for came to the queue later than the report's message, and
 * was dropped before the report is made. These publications were published between the message's
 * own time and now, if publications come to the queue in the order of their times. They nearly do:
 * one publisher's publication may wait for another's confirm, and the clocks of nodes differ.
 * {@link #ALLOWANCE} covers both: a gap begins that much earlier, so it is too long rather than too
 * short. If clocks differ by more, the times of gaps are wrong by as much.
 */
final class GapConsumer extends DefaultConsumer {

  /**
   * How much earlier than the first dropped publication another publication of the same gap may
   * have been published: it may have waited for RabbitMQ, and the rest covers clocks that differ.
   */
  static final Duration ALLOWANCE = Duration.ofSeconds(30);

  static final int PREFETCH = 1;
  private static final Logger log = LoggerFactory.getLogger(GapConsumer.class);
  private static final long PAUSE_SECONDS = 1;

  private final Executor later;
  private final InstantSource clock;
  private final Report report;
  private final Consumer<String> lost;

  /** Receives the report that publications of a span of time were dropped. */
  interface Report {
    void dropped(DropCause cause, String reason, Instant from, Instant to);
  }

  /** When the connection began: every publication in the queue came later. */
  private final Instant connected;

  /**
   * @param executor acknowledges
   * @param report receives gaps
   * @param lost receives the reason if RabbitMQ cancels the consumer
   */
  GapConsumer(
      Channel channel,
      Executor executor,
      InstantSource clock,
      Report report,
      Consumer<String> lost) {
    super(channel);
    this.later = CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS, executor);
    this.clock = clock;
    this.report = report;
    this.lost = lost;
    this.connected = clock.instant();
  }

  @Override
  public void handleDelivery(
      String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
    Instant now = clock.instant();
    DropCause cause = DeadLetters.cause(properties);
    Instant from = published(properties, body, now).minus(ALLOWANCE);
    report.dropped(cause, DeadLetters.reason(cause), from, now);
    later.execute(() -> acknowledge(envelope.getDeliveryTag()));
  }

  /** The time of this publication, or an earlier time; never in the future. */
  private Instant published(AMQP.BasicProperties properties, byte[] body, Instant now) {
    OptionalLong millis =
        ProbeMessage.isProbe(properties)
            ? ProbeMessage.sentAtMillis(body)
            : EnvelopeCodec.publishedAtMillis(body);
    if (millis.isEmpty()) {
      return connected;
    }
    Instant published = Instant.ofEpochMilli(millis.getAsLong());
    return published.isAfter(now) ? now : published;
  }

  @Override
  public void handleCancel(String tag) {
    lost.accept("RabbitMQ cancelled a consumer");
  }

  private void acknowledge(long tag) {
    try {
      if (getChannel().isOpen()) {
        getChannel().basicAck(tag, false);
      }
    } catch (IOException | ShutdownSignalException e) {
      lost.accept(Failures.reason(e));
    } catch (RuntimeException | Error bug) {
      log.error("A gap could not be acknowledged, so the connection is made anew", bug);
      lost.accept(Vendor.unexpected(bug));
    }
  }
}
