package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A message that a node sends to one of its own queues, to learn whether the way there works. Its
 * AMQP {@code type} tells it from all other messages, also where a node that is bound to every key
 * receives the probes of others.
 *
 * @param queue the queue that it is meant for
 * @param round counts the probes of that queue from 1
 * @param sentAt when it was sent, by this node's clock, in milliseconds
 */
record ProbeMessage(String queue, long round, Instant sentAt) {

  private static final String TYPE = "carillon.probe";

  /** No encoded name of a channel has this sign. */
  private static final String KEY_SIGN = "!";

  /** Not kept on disk. */
  private static final int TRANSIENT = 1;

  /** The routing key by which a queue's probes reach it through a topic exchange. */
  static String key(String queue) {
    return KEY_SIGN + queue;
  }

  static boolean isProbe(AMQP.BasicProperties properties) {
    return TYPE.equals(properties.getType());
  }

  AMQP.BasicProperties properties() {
    return new AMQP.BasicProperties.Builder()
        .type(TYPE)
        .appId(queue)
        .messageId(Long.toString(round))
        .deliveryMode(TRANSIENT)
        .build();
  }

  byte[] body() {
    return ByteBuffer.allocate(Long.BYTES).putLong(sentAt.toEpochMilli()).array();
  }

  /** When a probe was sent, in epoch milliseconds; nothing where its body doesn't say. */
  static OptionalLong sentAtMillis(byte[] body) {
    return body.length == Long.BYTES
        ? OptionalLong.of(ByteBuffer.wrap(body).getLong())
        : OptionalLong.empty();
  }
}
