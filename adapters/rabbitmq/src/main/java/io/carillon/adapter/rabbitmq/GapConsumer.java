package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Hears that this node's queue overflowed: every publication dropped from it is put into the gap
 * queue, which keeps one. Its content doesn't matter, and what it stands for is reported as a
 * stretch of time.
 *
 * <p>Reports are acknowledged a second late, and only one may be unacknowledged. So an overflow
 * that goes on is reported once a second and not once for every publication, and its end is not
 * missed.
 */
final class GapConsumer extends DefaultConsumer {

  static final int PREFETCH = 1;
  private static final long PAUSE_SECONDS = 1;

  private final Executor later;
  private final InstantSource clock;
  private final BiConsumer<Instant, Instant> report;
  private final Consumer<String> lost;
  private Instant since;

  /**
   * @param executor acknowledges
   * @param report hears of a gap: from, to
   * @param lost hears why, when RabbitMQ takes the queue away
   */
  GapConsumer(
      Channel channel,
      Executor executor,
      InstantSource clock,
      BiConsumer<Instant, Instant> report,
      Consumer<String> lost) {
    super(channel);
    this.later = CompletableFuture.delayedExecutor(PAUSE_SECONDS, TimeUnit.SECONDS, executor);
    this.clock = clock;
    this.report = report;
    this.lost = lost;
    this.since = clock.instant();
  }

  @Override
  public void handleDelivery(
      String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
    Instant now = clock.instant();
    report.accept(since, now);
    since = now;
    later.execute(() -> acknowledge(envelope.getDeliveryTag()));
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
    }
  }
}
