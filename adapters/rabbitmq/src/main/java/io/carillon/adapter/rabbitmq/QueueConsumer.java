package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Takes messages from one queue, one at a time on a consumer thread, and acknowledges them in
 * batches: one acknowledgement for a quarter of the prefetch. There is no timer, since what is
 * never acknowledged dies with the queue.
 */
final class QueueConsumer extends DefaultConsumer {

  private final int ackEvery;
  private final BiConsumer<Envelope, byte[]> sink;
  private final Consumer<String> lost;
  private int unacknowledged;

  /**
   * @param sink takes the messages; must not throw
   * @param lost hears why, when RabbitMQ takes the queue away
   */
  QueueConsumer(
      Channel channel, int prefetch, BiConsumer<Envelope, byte[]> sink, Consumer<String> lost) {
    super(channel);
    this.ackEvery = Math.max(1, prefetch / 4);
    this.sink = sink;
    this.lost = lost;
  }

  @Override
  public void handleDelivery(
      String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
    sink.accept(envelope, body);
    if (++unacknowledged < ackEvery) {
      return;
    }
    unacknowledged = 0;
    try {
      getChannel().basicAck(envelope.getDeliveryTag(), true);
    } catch (IOException | ShutdownSignalException e) {
      lost.accept(Failures.reason(e));
    }
  }

  @Override
  public void handleCancel(String tag) {
    lost.accept("RabbitMQ cancelled a consumer");
  }
}
