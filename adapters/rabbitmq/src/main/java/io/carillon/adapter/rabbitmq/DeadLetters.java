package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import io.carillon.adapter.kit.DropCause;
import java.util.List;
import java.util.Map;

/**
 * Why RabbitMQ dropped a publication from this node's queue: read from the dead-lettered message.
 */
final class DeadLetters {

  /**
   * The header in which RabbitMQ describes a dead-lettered message (rabbitmq.com/docs/dlx#effects).
   */
  private static final String DEATHS = "x-death";

  private static final String EXPIRED = "expired";

  private DeadLetters() {}

  /**
   * A queue that expires its messages has a time to live, which only an operator's policy gives it.
   *
   * @param properties of the message in the gap queue
   */
  static DropCause cause(AMQP.BasicProperties properties) {
    Map<String, Object> headers = properties.getHeaders();
    if (headers != null
        && headers.get(DEATHS) instanceof List<?> deaths
        && !deaths.isEmpty()
        && deaths.getFirst() instanceof Map<?, ?> latest
        && EXPIRED.equals(String.valueOf(latest.get("reason")))) {
      return DropCause.EXPIRY;
    }
    return DropCause.OVERFLOW;
  }

  /** The reason in the report of a gap. */
  static String reason(DropCause cause) {
    return switch (cause) {
      case OVERFLOW -> "this node's queue overflowed";
      case EXPIRY ->
          "publications expired in this node's queue, by a policy of RabbitMQ (expected: no"
              + " message-ttl)";
    };
  }
}
