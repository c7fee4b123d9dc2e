package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.NotSentException;
import io.carillon.adapter.kit.Outlet;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import java.io.IOException;

/**
 * Publishes to one node through the direct exchange, or to all through the fanout exchange, by one
 * AMQP channel in confirm mode. A message to one node is mandatory: where no queue is bound to the
 * node's key, RabbitMQ returns the message before it confirms it, and the node is gone.
 */
final class NodeOutlet implements Outlet {

  private static final PublishOutcome GONE =
      new PublishOutcome.Refused(Refusal.NOT_CARRIED, "no queue is bound to the node's key");

  /** RabbitMQ does not write the message to disk. */
  private static final int TRANSIENT = 1;

  private final Channel channel;
  private final String toAll;
  private final String toOne;
  private final PublishOutcome rejected;
  private final AMQP.BasicProperties.Builder properties;

  /**
   * @param channel this outlet's alone
   * @param rejected what RabbitMQ's negative answer means
   */
  NodeOutlet(Channel channel, Wire wire, PublishOutcome rejected) {
    this.channel = channel;
    this.toAll = wire.control().exchange();
    this.toOne = wire.nodes().exchange();
    this.rejected = rejected;
    this.properties =
        new AMQP.BasicProperties.Builder()
            .contentType(wire.nodes().form().contentType())
            .deliveryMode(TRANSIENT);
  }

  @Override
  public void answerTo(Answers answers) {
    channel.addReturnListener((Return returned) -> answers.one(number(returned), GONE));
    ExchangeOutlet.answerTo(answers, channel, rejected);
  }

  /** RabbitMQ's own numbers don't come with a message that it returns. */
  private static long number(Return returned) {
    return Long.parseLong(returned.getProperties().getMessageId());
  }

  @Override
  public void write(long number, String address, byte[] body) throws IOException {
    try {
      if (address.equals(RabbitMqBroker.CONTROL_KEY)) {
        channel.basicPublish(toAll, address, properties.messageId(null).build(), body);
      } else {
        AMQP.BasicProperties numbered = properties.messageId(Long.toString(number)).build();
        channel.basicPublish(toOne, address, true, numbered, body);
      }
    } catch (AlreadyClosedException e) {
      throw new NotSentException(e); // Thrown before the first byte.
    }
  }
}
