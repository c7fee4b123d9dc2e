package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.adapter.kit.Hearing;
import io.carillon.adapter.kit.Probe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A probe as an AMQP message, on its way to one of this node's queues. Its AMQP {@code type}
 * distinguishes it from all other messages, even if a node that is bound to every key receives the
 * probes of other nodes. The paths to a queue are the exchanges that feed it; the fence goes
 * through the default exchange.
 */
final class ProbeMessage {

  private static final String TYPE = "carillon.probe";

  /** No encoded name of a channel has this character. */
  private static final String KEY_SIGN = "!";

  /** RabbitMQ does not write the message to disk. */
  private static final int TRANSIENT = 1;

  private ProbeMessage() {}

  /** The routing key by which a queue's probes reach it through a topic exchange. */
  static String key(String queue) {
    return KEY_SIGN + queue;
  }

  static boolean isProbe(AMQP.BasicProperties properties) {
    return TYPE.equals(properties.getType());
  }

  /** Writes probes to an AMQP channel, to which nothing else writes: RabbitMQ keeps their order. */
  static Probe.Writer writer(Channel channel) {
    return new Probe.Writer() {
      @Override
      public void probe(String path, Probe probe) throws IOException {
        publish(channel, path, key(probe.target()), probe);
      }

      @Override
      public void fence(Probe probe) throws IOException {
        publish(channel, Topology.DEFAULT_EXCHANGE, probe.target(), probe);
      }
    };
  }

  /** Publishes a probe. */
  static void publish(Channel channel, String exchange, String key, Probe probe)
      throws IOException {
    try {
      channel.basicPublish(exchange, key, properties(probe), body(probe));
    } catch (ShutdownSignalException e) {
      throw new IOException(e);
    }
  }

  /** A probe arrived through an exchange, of this queue or of another node's. */
  static void hear(Hearing hearing, String exchange, AMQP.BasicProperties properties, byte[] body) {
    if (!hearing.target().equals(properties.getAppId())) {
      return;
    }
    long round = Long.parseLong(properties.getMessageId());
    if (exchange.equals(Topology.DEFAULT_EXCHANGE)) {
      sentAtMillis(body).ifPresent(millis -> hearing.fence(round, Instant.ofEpochMilli(millis)));
    } else {
      hearing.probe(exchange, round);
    }
  }

  private static AMQP.BasicProperties properties(Probe probe) {
    return new AMQP.BasicProperties.Builder()
        .type(TYPE)
        .appId(probe.target())
        .messageId(Long.toString(probe.round()))
        .deliveryMode(TRANSIENT)
        .build();
  }

  private static byte[] body(Probe probe) {
    return ByteBuffer.allocate(Long.BYTES).putLong(probe.sentAt().toEpochMilli()).array();
  }

  /** When a probe was sent, in epoch milliseconds; empty if its body doesn't say. */
  static OptionalLong sentAtMillis(byte[] body) {
    return body.length == Long.BYTES
        ? OptionalLong.of(ByteBuffer.wrap(body).getLong())
        : OptionalLong.empty();
  }
}
