package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Map;

/**
 * The exchanges of a cluster and the queues of this node, with the bindings that stay as long as
 * the queues do.
 *
 * <pre>
 *   topic exchange  NAME.v1          --keys--> publication queue --drops--> gap queue
 *   fanout exchange NAME.v1.control  --------> control queue
 *   direct exchange NAME.v1.nodes    --node--> control queue, bulk queue
 * </pre>
 *
 * <p>The queues are named by the server, exclusive, and go with the connection. Each lane's queue
 * is bound to every exchange that feeds it by the key of its probes as well.
 *
 * @param publications the queue of publications
 * @param gaps the queue of the first publication that was dropped
 * @param control the queue of control messages
 * @param bulk the queue of bulk messages
 */
record Topology(String publications, String gaps, String control, String bulk) {

  /** AMQP's default exchange, which routes to the queue that the routing key names. */
  static final String DEFAULT_EXCHANGE = "";

  private static final Map<String, Object> NO_ARGUMENTS = Map.of();

  /**
   * Control messages are small and few: other nodes have long given up a node that is this far
   * behind.
   */
  private static final long CONTROL_QUEUE_BYTES = 16L << 20;

  /** Beyond this RabbitMQ rejects bulk messages, which their senders are told. */
  private static final long BULK_QUEUE_BYTES = 16L << 20;

  /**
   * Declares all of it. Blocks.
   *
   * @param nodeKey by which other nodes address this one
   */
  static Topology declare(Channel by, RabbitMqConfig config, Wire wire, String nodeKey)
      throws IOException {
    String fanout = wire.control().exchange();
    String nodes = wire.nodes().exchange();
    for (Wire.Place place : wire.read()) {
      exchange(by, place.exchange(), BuiltinExchangeType.TOPIC);
    }
    exchange(by, fanout, BuiltinExchangeType.FANOUT);
    exchange(by, nodes, BuiltinExchangeType.DIRECT);
    String gaps = queue(by, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
    String publications = queue(by, publicationQueue(config, gaps));
    String control = queue(by, bounded(CONTROL_QUEUE_BYTES, "drop-head"));
    String bulk = queue(by, bounded(BULK_QUEUE_BYTES, "reject-publish"));
    by.queueBind(control, fanout, "");
    by.queueBind(control, nodes, nodeKey);
    by.queueBind(control, nodes, ProbeMessage.key(control));
    by.queueBind(bulk, nodes, bulkKey(nodeKey));
    by.queueBind(bulk, nodes, ProbeMessage.key(bulk));
    for (Wire.Place place : wire.read()) {
      by.queueBind(publications, place.exchange(), ProbeMessage.key(publications));
    }
    return new Topology(publications, gaps, control, bulk);
  }

  private static void exchange(Channel by, String name, BuiltinExchangeType type)
      throws IOException {
    by.exchangeDeclare(name, type, false, false, NO_ARGUMENTS);
  }

  private static String queue(Channel by, Map<String, Object> arguments) throws IOException {
    return by.queueDeclare("", false, true, true, arguments).getQueue();
  }

  private static Map<String, Object> bounded(long bytes, String overflow) {
    return Map.of("x-max-length-bytes", bytes, "x-overflow", overflow);
  }

  /** The arguments of the queue of publications. */
  static Map<String, Object> publicationQueue(RabbitMqConfig config, String gapQueue) {
    return Map.of(
        "x-max-length-bytes",
        config.queueBytes(),
        "x-overflow",
        "drop-head",
        "x-dead-letter-exchange",
        DEFAULT_EXCHANGE,
        "x-dead-letter-routing-key",
        gapQueue);
  }

  /** The exchange of publications. */
  static String exchange(RabbitMqConfig config) {
    return config.exchange() + ".v1";
  }

  /** The exchange of control messages. */
  static String controlExchange(RabbitMqConfig config) {
    return exchange(config) + ".control";
  }

  /** The exchange of control and bulk messages for one node. */
  static String nodesExchange(RabbitMqConfig config) {
    return exchange(config) + ".nodes";
  }

  /** The key of a node's bulk queue; the node's own is the key of its control queue. */
  static String bulkKey(String nodeKey) {
    return nodeKey + ".bulk";
  }
}
