package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.carillon.adapter.kit.Acknowledger;
import java.util.function.Consumer;

/** Takes bulk messages, one at a time on a consumer thread, without probes. */
final class BulkConsumer extends DefaultConsumer {

  private final Acknowledger acknowledger;
  private final Consumer<byte[]> sink;
  private final Consumer<String> lost;

  /**
   * @param sink takes the messages; must not throw
   * @param lost receives the reason if RabbitMQ cancels the consumer
   */
  BulkConsumer(
      Channel channel, Acknowledger acknowledger, Consumer<byte[]> sink, Consumer<String> lost) {
    super(channel);
    this.acknowledger = acknowledger;
    this.sink = sink;
    this.lost = lost;
  }

  @Override
  public void handleDelivery(
      String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
    sink.accept(body);
    acknowledger.delivered(envelope.getDeliveryTag());
  }

  @Override
  public void handleCancel(String tag) {
    lost.accept("RabbitMQ cancelled a consumer");
  }
}
