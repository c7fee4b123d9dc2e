package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.NotSentException;
import io.carillon.adapter.kit.Outlet;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.WireForm;
import java.io.IOException;

/**
 * Publishes to one exchange through one AMQP channel in confirm mode, whose delivery tags count the
 * messages from 1. RabbitMQ's confirms are the answers.
 */
final class ExchangeOutlet implements Outlet {

  /** RabbitMQ does not write the message to disk. */
  private static final int TRANSIENT = 1;

  private final Channel channel;
  private final String exchange;
  private final AMQP.BasicProperties properties;
  private final PublishOutcome rejected;

  /**
   * @param channel this outlet's alone
   * @param form how messages look
   * @param rejected what RabbitMQ\'s negative answer means
   */
  ExchangeOutlet(Channel channel, String exchange, WireForm form, PublishOutcome rejected) {
    this.channel = channel;
    this.exchange = exchange;
    this.rejected = rejected;
    this.properties =
        new AMQP.BasicProperties.Builder()
            .contentType(form.contentType())
            .deliveryMode(TRANSIENT)
            .build();
  }

  @Override
  public void answerTo(Answers answers) {
    answerTo(answers, channel, rejected);
  }

  /** Hands the confirms of an AMQP channel on. */
  static void answerTo(Answers answers, Channel channel, PublishOutcome rejected) {
    channel.addConfirmListener(
        new ConfirmListener() {
          @Override
          public void handleAck(long tag, boolean multiple) {
            answer(answers, tag, multiple, PublishOutcome.ACCEPTED);
          }

          @Override
          public void handleNack(long tag, boolean multiple) {
            answer(answers, tag, multiple, rejected);
          }
        });
  }

  private static void answer(Answers to, long tag, boolean multiple, PublishOutcome outcome) {
    if (multiple) {
      to.upTo(tag, outcome);
    } else {
      to.one(tag, outcome);
    }
  }

  @Override
  public void write(long number, String address, byte[] body) throws IOException {
    try {
      channel.basicPublish(exchange, address, properties, body);
    } catch (AlreadyClosedException e) {
      throw new NotSentException(e); // Thrown before the first byte.
    }
  }
}
