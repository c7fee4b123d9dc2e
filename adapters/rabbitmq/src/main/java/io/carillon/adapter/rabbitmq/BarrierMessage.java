package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import io.carillon.adapter.kit.Occasion;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import io.carillon.message.PayloadReader;
import io.carillon.message.PayloadWriter;
import java.io.IOException;

/**
 * A message by which nodes confirm each other's subscriptions; see {@link Confirmations}. Its AMQP
 * {@code type} distinguishes it from control messages, with which it shares a queue.
 *
 * @param kind what the message says
 * @param cluster the cluster's name; nodes drop the messages of other clusters
 * @param node the node that sends it
 * @param number the question's
 * @param occasion the question's
 * @param key the fence by which an answer has to come; empty where no answer is expected
 */
record BarrierMessage(
    Kind kind, String cluster, Incarnation node, long number, Occasion occasion, String key) {

  private static final String TYPE = "carillon.confirmation";

  private static final int SUBSCRIBING = 0;
  private static final int JOINING = 1;

  /** The kinds of messages. */
  enum Kind {
    /** Asks whether publications of a node reach this one. */
    ASK(1),
    /** The same, and the other way round: the node has just connected. */
    ASK_BOTH_WAYS(2),
    /** Answers the question of a newcomer with a fence that the newcomer has to reach. */
    INVITE(3),
    /** Has come through that fence. */
    GREET(4),
    /** Answers a question; has come through the question's fence. */
    CONFIRM(5);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static Kind of(int code) throws IOException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("kind: " + code + " (expected: 1 to 5)");
    }
  }

  static boolean is(AMQP.BasicProperties properties) {
    return TYPE.equals(properties.getType());
  }

  /** Properties of these messages; RabbitMQ does not write them to disk. */
  static AMQP.BasicProperties properties() {
    return new AMQP.BasicProperties.Builder().type(TYPE).deliveryMode(1).build();
  }

  byte[] encode() {
    return new PayloadWriter()
        .u8(kind.code)
        .name(cluster)
        .i64(node.high())
        .i64(node.low())
        .i64(number)
        .u8(occasion == Occasion.JOINING ? JOINING : SUBSCRIBING)
        .name(key)
        .bytes();
  }

  /** Fields that a later version has added are left unread. */
  static BarrierMessage decode(byte[] body) throws IOException {
    PayloadReader in = new PayloadReader(Payload.of(Payload.Type.BINARY, body));
    return new BarrierMessage(
        Kind.of(in.u8()),
        in.name(),
        new Incarnation(in.i64(), in.i64()),
        in.i64(),
        in.u8() == JOINING ? Occasion.JOINING : Occasion.SUBSCRIBING,
        in.name());
  }
}
