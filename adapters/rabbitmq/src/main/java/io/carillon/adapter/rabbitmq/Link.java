package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import io.carillon.broker.Gap;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's connections to RabbitMQ with all that it has there: its exchanges, its queues, and an
 * AMQP channel for each task, so that none waits for another. Never repaired: when any part of it
 * fails, the whole is lost, and the {@link Supervisor}, which owns it, makes a new one.
 *
 * <pre>
 *   topic exchange  NAME.v1          --keys--> publication queue --drops--> gap queue
 *   fanout exchange NAME.v1.control  --------> control queue
 * </pre>
 *
 * The queues are named by the server, exclusive, and go with the connection.
 */
final class Link implements BindTarget {

  private static final Logger log = LoggerFactory.getLogger(Link.class);

  /** AMQP's wildcard for any number of words. No channel has this key: its sign is encoded. */
  private static final String EVERY_KEY = "#";

  private static final Map<String, Object> NO_ARGUMENTS = Map.of();

  /** Control messages are small and few: a node that is this far behind has long been given up. */
  private static final long CONTROL_QUEUE_BYTES = 16L << 20;

  private final Connections connections;
  private final RabbitMqConfig config;
  private final Wire wire;
  private final Channel binding;
  private final Channel publishing;
  private final Channel controlPublishing;
  private final String queue;
  private final String gapQueue;
  private final String controlQueue;
  private final CompletableFuture<String> lost;

  private Link(
      Connections connections, RabbitMqConfig config, Wire wire, CompletableFuture<String> lost)
      throws IOException {
    this.connections = connections;
    this.config = config;
    this.wire = wire;
    this.lost = lost;
    binding = openChannel(connections.receiving());
    for (Wire.Lane lane : wire.read()) {
      binding.exchangeDeclare(
          lane.exchange(), BuiltinExchangeType.TOPIC, false, false, NO_ARGUMENTS);
    }
    binding.exchangeDeclare(
        controlExchange(config), BuiltinExchangeType.FANOUT, false, false, NO_ARGUMENTS);
    gapQueue = declareQueue(Map.of("x-max-length", 1));
    queue =
        declareQueue(
            Map.of(
                "x-max-length-bytes",
                config.queueBytes(),
                "x-overflow",
                "drop-head",
                "x-dead-letter-exchange",
                "",
                "x-dead-letter-routing-key",
                gapQueue));
    controlQueue =
        declareQueue(Map.of("x-max-length-bytes", CONTROL_QUEUE_BYTES, "x-overflow", "drop-head"));
    binding.queueBind(controlQueue, controlExchange(config), "");
    publishing = openChannel(connections.publishing());
    publishing.confirmSelect();
    controlPublishing = openChannel(connections.publishing());
    controlPublishing.confirmSelect();
  }

  /** Declares everything. The connections are the caller's to close when this fails. */
  static Link open(Connections connections, RabbitMqConfig config, Wire wire) throws IOException {
    CompletableFuture<String> lost = new CompletableFuture<>();
    connections.receiving().addShutdownListener(cause -> lost.complete(Failures.reason(cause)));
    connections.publishing().addShutdownListener(cause -> lost.complete(Failures.reason(cause)));
    return new Link(connections, config, wire, lost);
  }

  /** Tells when RabbitMQ stops to take publications, as in a memory alarm, and when it goes on. */
  void onBlocked(Consumer<String> blocked, Runnable unblocked) {
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

  /** The exchange of publications. */
  static String exchange(RabbitMqConfig config) {
    return config.exchange() + ".v1";
  }

  /** The exchange of control messages. */
  static String controlExchange(RabbitMqConfig config) {
    return exchange(config) + ".control";
  }

  /** Starts to take messages from all three queues. */
  void consume(Receiver receiver, Executor executor, InstantSource clock) throws IOException {
    Channel gaps = openChannel(connections.receiving());
    consume(
        gaps,
        gapQueue,
        GapConsumer.PREFETCH,
        new GapConsumer(
            gaps,
            executor,
            clock,
            (from, to) -> receiver.gap(new Gap("this node's queue overflowed", Set.of(), from, to)),
            this::lose));
    int prefetch = config.prefetch();
    Channel control = openChannel(connections.receiving());
    consume(
        control,
        controlQueue,
        prefetch,
        new QueueConsumer(
            control,
            prefetch,
            (envelope, body) -> receiver.control(body, this::isLost),
            this::lose));
    Channel publications = openChannel(connections.receiving());
    consume(
        publications,
        queue,
        prefetch,
        new QueueConsumer(
            publications,
            prefetch,
            (envelope, body) -> receiver.publications(envelope, body, this::isLost),
            this::lose));
  }

  /** For publications, in confirm mode. */
  Channel publishing() {
    return publishing;
  }

  /** For control messages, in confirm mode. */
  Channel controlPublishing() {
    return controlPublishing;
  }

  /** Completes with the reason when this is lost. */
  CompletableFuture<String> lost() {
    return lost;
  }

  boolean isLost() {
    return lost.isDone();
  }

  /** Gives this up. */
  @Override
  public void lose(String reason) {
    lost.complete(reason);
  }

  @Override
  public String queue() {
    return queue;
  }

  @Override
  public void bindLater(io.carillon.message.Channel channel) throws IOException {
    for (Wire.Lane lane : wire.read()) {
      binding.queueBindNoWait(queue, lane.exchange(), lane.form().address(channel), NO_ARGUMENTS);
    }
  }

  @Override
  public void bind(io.carillon.message.Channel channel) throws IOException {
    for (Wire.Lane lane : wire.read()) {
      binding.queueBind(queue, lane.exchange(), lane.form().address(channel), NO_ARGUMENTS);
    }
  }

  @Override
  public void unbind(io.carillon.message.Channel channel) throws IOException {
    for (Wire.Lane lane : wire.read()) {
      binding.queueUnbind(queue, lane.exchange(), lane.form().address(channel), NO_ARGUMENTS);
    }
  }

  @Override
  public void bindAll() throws IOException {
    for (Wire.Lane lane : wire.read()) {
      binding.queueBind(queue, lane.exchange(), EVERY_KEY, NO_ARGUMENTS);
    }
  }

  @Override
  public void unbindAll() throws IOException {
    for (Wire.Lane lane : wire.read()) {
      binding.queueUnbind(queue, lane.exchange(), EVERY_KEY, NO_ARGUMENTS);
    }
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
