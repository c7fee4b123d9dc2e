package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.adapter.kit.Acknowledger;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Hearing;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Link;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Prober;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.broker.WireForm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's connections to RabbitMQ with all that it has there: its exchanges, its queues, and an
 * AMQP channel for each task, so that none waits for another. Never repaired: when any part of it
 * fails, the whole is lost.
 *
 * <pre>
 *   topic exchange  NAME.v1          --keys--> publication queue --drops--> gap queue
 *   fanout exchange NAME.v1.control  --------> control queue
 *   direct exchange NAME.v1.nodes    --node--> control queue, bulk queue
 * </pre>
 *
 * Probes of its own travel along both arrows to the right, and show that they still lead here.
 *
 * <p>The queues are named by the server, exclusive, and go with the connection.
 */
final class RabbitMqLink implements Link, WideTarget {

  private static final Logger log = LoggerFactory.getLogger(RabbitMqLink.class);

  /**
   * AMQP's wildcard for any number of words. No channel has this key, because the character is
   * encoded in names.
   */
  private static final String EVERY_KEY = "#";

  /** AMQP's default exchange, which routes to the queue that the routing key names. */
  static final String DEFAULT_EXCHANGE = "";

  private static final Map<String, Object> NO_ARGUMENTS = Map.of();

  /** What RabbitMQ's negative answer means where a queue drops its oldest messages. */
  private static final PublishOutcome UNCONFIRMED =
      new PublishOutcome.Unknown("RabbitMQ could not take it");

  /** The outcome if a queue rejects new messages. */
  private static final PublishOutcome QUEUE_FULL =
      new PublishOutcome.Refused(Refusal.OVERLOADED, "the node's bulk queue is full");

  /**
   * Control messages are small and few: other nodes have long given up a node that is this far
   * behind.
   */
  private static final long CONTROL_QUEUE_BYTES = 16L << 20;

  /** Beyond this RabbitMQ rejects bulk messages, which their senders are told. */
  private static final long BULK_QUEUE_BYTES = 16L << 20;

  /** Bulk messages have up to 256 KiB each. */
  private static final int BULK_PREFETCH = 16;

  /** With several batches RabbitMQ can go on sending while an acknowledgement is under way. */
  private static final int BATCHES_PER_PREFETCH = 4;

  private final Connections connections;
  private final RabbitMqConfig config;
  private final Wire wire;
  private final Environment environment;
  private final Channel binding;
  private final Outlet publications;
  private final Outlet control;
  private final Outlet bulk;
  private final String queue;
  private final String gapQueue;
  private final String controlQueue;
  private final String bulkQueue;
  private final CompletableFuture<String> lost;
  private final Hearing publicationHearing;
  private final Hearing controlHearing;
  private final Prober prober;

  /** Whether RabbitMQ currently does not read from the publishing connection. */
  private volatile boolean blocked;

  private RabbitMqLink(
      Connections connections,
      RabbitMqConfig config,
      Wire wire,
      String nodeKey,
      CompletableFuture<String> lost,
      Environment environment,
      LongSupplier drops)
      throws IOException {
    this.connections = connections;
    this.config = config;
    this.wire = wire;
    this.environment = environment;
    this.lost = lost;
    binding = openChannel(connections.receiving());
    for (Wire.Place place : wire.read()) {
      binding.exchangeDeclare(
          place.exchange(), BuiltinExchangeType.TOPIC, false, false, NO_ARGUMENTS);
    }
    String controlExchange = wire.control().exchange();
    binding.exchangeDeclare(
        controlExchange, BuiltinExchangeType.FANOUT, false, false, NO_ARGUMENTS);
    gapQueue = declareQueue(Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
    queue = declareQueue(publicationQueue(config, gapQueue));
    controlQueue =
        declareQueue(Map.of("x-max-length-bytes", CONTROL_QUEUE_BYTES, "x-overflow", "drop-head"));
    binding.queueBind(controlQueue, controlExchange, "");
    bulkQueue =
        declareQueue(
            Map.of("x-max-length-bytes", BULK_QUEUE_BYTES, "x-overflow", "reject-publish"));
    String nodes = wire.nodes().exchange();
    binding.exchangeDeclare(nodes, BuiltinExchangeType.DIRECT, false, false, NO_ARGUMENTS);
    binding.queueBind(controlQueue, nodes, nodeKey);
    binding.queueBind(controlQueue, nodes, ProbeMessage.key(controlQueue));
    binding.queueBind(bulkQueue, nodes, bulkKey(nodeKey));
    publications =
        new ExchangeOutlet(
            openConfirmed(), wire.written().exchange(), wire.written().form(), UNCONFIRMED);
    control = new NodeOutlet(openConfirmed(), wire, UNCONFIRMED);
    bulk = new NodeOutlet(openConfirmed(), wire, QUEUE_FULL);
    connections.publishing().addBlockedListener(reason -> blocked = true, () -> blocked = false);
    List<String> exchanges = wire.read().stream().map(Wire.Place::exchange).toList();
    for (String exchange : exchanges) {
      binding.queueBind(queue, exchange, ProbeMessage.key(queue));
    }
    Instant now = environment.clock().instant();
    publicationHearing = new Hearing(queue, exchanges, drops, this::deaf, now);
    controlHearing =
        new Hearing(controlQueue, List.of(controlExchange, nodes), () -> 0, this::deaf, now);
    prober =
        new Prober(
            environment.vendor(),
            ProbeMessage.writer(openChannel(connections.publishing())),
            List.of(publicationHearing, controlHearing),
            environment.clock(),
            environment.timer(),
            config.publishing().timeout(),
            () -> blocked,
            this::isLost,
            this::lose);
  }

  /**
   * Declares exchanges, queues and bindings. If this fails, the caller closes the connections.
   *
   * @param nodeKey by which other nodes address this one
   * @param drops how often RabbitMQ has reported dropped publications of this node
   */
  static RabbitMqLink open(
      Connections connections,
      RabbitMqConfig config,
      Wire wire,
      String nodeKey,
      Environment environment,
      LongSupplier drops)
      throws IOException {
    CompletableFuture<String> lost = new CompletableFuture<>();
    connections.receiving().addShutdownListener(cause -> lost.complete(Failures.reason(cause)));
    connections.publishing().addShutdownListener(cause -> lost.complete(Failures.reason(cause)));
    connections.failed().thenAccept(lost::complete);
    return new RabbitMqLink(connections, config, wire, nodeKey, lost, environment, drops);
  }

  /** RabbitMQ accepts nothing during a memory alarm, for example. */
  @Override
  public void onBlocked(Consumer<String> blocked, Runnable unblocked) {
    connections
        .publishing()
        .addBlockedListener(
            reason -> {
              log.warn("RabbitMQ takes no publications for now: {}", reason);
              blocked.accept("RabbitMQ takes no publications for now: " + reason);
            },
            () -> {
              log.info("RabbitMQ takes publications again");
              unblocked.run();
            });
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

  /** Starts to consume all three queues, and to probe the way to them. */
  void consume(Receiver receiver) throws IOException {
    Channel gaps = openChannel(connections.receiving());
    consume(
        gaps,
        gapQueue,
        GapConsumer.PREFETCH,
        new GapConsumer(
            gaps, environment.executor(), environment.clock(), receiver::dropped, this::lose));
    consume(controlHearing, (envelope, body) -> receiver.control(body, this::isLost));
    consumeBulk(receiver);
    consume(publicationHearing, (envelope, body) -> publications(receiver, envelope, body));
    prober.start();
  }

  private void consumeBulk(Receiver receiver) throws IOException {
    Channel channel = openChannel(connections.receiving());
    consume(
        channel,
        bulkQueue,
        BULK_PREFETCH,
        new BulkConsumer(
            channel,
            acknowledger(channel, BULK_PREFETCH),
            body -> receiver.bulk(body, this::isLost),
            this::lose));
  }

  private void publications(Receiver receiver, Envelope envelope, byte[] body) {
    WireForm form = wire.formOf(envelope.getExchange());
    if (form != null) {
      receiver.publications(form, envelope.getRoutingKey(), body, this::isLost);
    }
  }

  private void consume(Hearing hearing, BiConsumer<Envelope, byte[]> sink) throws IOException {
    Channel channel = openChannel(connections.receiving());
    consume(
        channel,
        hearing.target(),
        config.prefetch(),
        new QueueConsumer(
            channel, acknowledger(channel, config.prefetch()), hearing, sink, this::lose));
  }

  private Acknowledger acknowledger(Channel channel, int prefetch) {
    return new Acknowledger(
        environment.vendor(),
        tag -> acknowledge(channel, tag),
        Math.max(1, prefetch / BATCHES_PER_PREFETCH),
        environment.timer(),
        this::lose);
  }

  private static void acknowledge(Channel channel, long tag) throws IOException {
    try {
      channel.basicAck(tag, true);
    } catch (ShutdownSignalException e) {
      throw new IOException(e);
    }
  }

  @Override
  public Instant wholeAt() {
    return prober.wholeAt();
  }

  @Override
  public Outlet outlet(Lane lane) {
    return switch (lane) {
      case PUBLICATIONS -> publications;
      case CONTROL -> control;
      case BULK -> bulk;
    };
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost;
  }

  private void deaf(String exchange) {
    lose(
        "exchange \"%s\" no longer feeds this node's queue, so the node reconnects (was the"
                .formatted(exchange)
            + " exchange deleted?)");
  }

  @Override
  public void close(Duration patience) throws InterruptedException {
    connections.close(patience);
  }

  @Override
  public String name() {
    return "queue " + queue;
  }

  @Override
  public String queue() {
    return queue;
  }

  /**
   * All but the last bind are sent without waiting; the answer to the last one stands for all,
   * because RabbitMQ handles an AMQP channel's commands in order.
   */
  @Override
  public void bind(Collection<io.carillon.message.Channel> channels) throws IOException {
    int left = channels.size();
    for (io.carillon.message.Channel channel : channels) {
      left--;
      for (Wire.Place place : wire.read()) {
        String key = place.form().address(channel);
        if (left > 0) {
          binding.queueBindNoWait(queue, place.exchange(), key, NO_ARGUMENTS);
        } else {
          binding.queueBind(queue, place.exchange(), key, NO_ARGUMENTS);
        }
      }
    }
  }

  /** Unbinds have no form without an answer. */
  @Override
  public void unbind(Collection<io.carillon.message.Channel> channels) throws IOException {
    for (io.carillon.message.Channel channel : channels) {
      for (Wire.Place place : wire.read()) {
        binding.queueUnbind(queue, place.exchange(), place.form().address(channel), NO_ARGUMENTS);
      }
    }
  }

  @Override
  public void bindAll() throws IOException {
    for (Wire.Place place : wire.read()) {
      binding.queueBind(queue, place.exchange(), EVERY_KEY, NO_ARGUMENTS);
    }
  }

  @Override
  public void unbindAll() throws IOException {
    for (Wire.Place place : wire.read()) {
      binding.queueUnbind(queue, place.exchange(), EVERY_KEY, NO_ARGUMENTS);
    }
  }

  /** An AMQP channel in confirm mode. */
  private Channel openConfirmed() throws IOException {
    Channel channel = openChannel(connections.publishing());
    channel.confirmSelect();
    return channel;
  }

  private Channel openChannel(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    if (channel == null) {
      throw new IOException("RabbitMQ allows no more AMQP channels");
    }
    channel.addShutdownListener(cause -> lose(Failures.reason(cause)));
    return channel;
  }

  private String declareQueue(Map<String, Object> arguments) throws IOException {
    return binding.queueDeclare("", false, true, true, arguments).getQueue();
  }

  private static void consume(Channel channel, String queue, int prefetch, DefaultConsumer consumer)
      throws IOException {
    channel.basicQos(prefetch);
    channel.basicConsume(queue, false, consumer);
    log.debug("Consuming queue {}", queue);
  }
}
