package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import java.util.List;
import java.util.Map;

/** Why RabbitMQ dropped a publication from this node's queue. */
enum DropCause {
  /** The queue was full. */
  OVERFLOW("this node's queue overflowed"),

  /** The queue has a time to live, which only an operator's policy gives it. */
  EXPIRY(
      "publications expired in this node's queue, by a policy of RabbitMQ (expected: no"
          + " message-ttl)");

  /** What RabbitMQ tells of a dead-lettered message (rabbitmq.com/docs/dlx#effects). */
  private static final String DEATHS = "x-death";

  private static final String EXPIRED = "expired";

  private final String reason;

  DropCause(String reason) {
    this.reason = reason;
  }

  /** For people, in the report of a gap. */
  String reason() {
    return reason;
  }

  /**
   * @param properties of the message in the gap queue
   */
  static DropCause of(AMQP.BasicProperties properties) {
    Map<String, Object> headers = properties.getHeaders();
    if (headers != null
        && headers.get(DEATHS) instanceof List<?> deaths
        && !deaths.isEmpty()
        && deaths.getFirst() instanceof Map<?, ?> latest
        && EXPIRED.equals(String.valueOf(latest.get("reason")))) {
      return EXPIRY;
    }
    return OVERFLOW;
  }
}
