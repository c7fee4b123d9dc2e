package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.carillon.adapter.kit.Acknowledger;
import io.carillon.adapter.kit.Hearing;
import java.util.function.Consumer;

/**
 * Takes messages from one queue, one at a time on a consumer thread. Probes go to the queue's
 * {@link Hearing}, all other messages to the sink.
 */
final class QueueConsumer extends DefaultConsumer {

  private final Acknowledger acknowledger;
  private final Hearing hearing;
  private final Sink sink;
  private final Consumer<String> lost;

  /** Takes messages. */
  interface Sink {
    void accept(Envelope envelope, AMQP.BasicProperties properties, byte[] body);
  }

  /**
   * @param sink takes the messages; must not throw
   * @param lost receives the reason if RabbitMQ cancels the consumer
   */
  QueueConsumer(
      Channel channel,
      Acknowledger acknowledger,
      Hearing hearing,
      Sink sink,
      Consumer<String> lost) {
    super(channel);
    this.acknowledger = acknowledger;
    this.hearing = hearing;
    this.sink = sink;
    this.lost = lost;
  }

  @Override
  public void handleDelivery(
      String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
    if (ProbeMessage.isProbe(properties)) {
      ProbeMessage.hear(hearing, envelope.getExchange(), properties, body);
    } else {
      sink.accept(envelope, properties, body);
    }
    acknowledger.delivered(envelope.getDeliveryTag());
  }

  @Override
  public void handleCancel(String tag) {
    lost.accept("RabbitMQ cancelled a consumer");
  }
}
