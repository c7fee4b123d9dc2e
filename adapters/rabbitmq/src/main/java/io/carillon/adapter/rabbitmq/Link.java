package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
 * Probes of its own travel along both arrows to the right, and show that they still lead here.
 *
 * <p>The queues are named by the server, exclusive, and go with the connection.
 */
final class Link implements BindTarget {

  private static final Logger log = LoggerFactory.getLogger(Link.class);

  /** AMQP's wildcard for any number of words. No channel has this key: its sign is encoded. */
  private static final String EVERY_KEY = "#";

  /** AMQP's own, which routes to the queue that the routing key names. */
  static final String DEFAULT_EXCHANGE = "";

  private static final Map<String, Object> NO_ARGUMENTS = Map.of();

  /** Control messages are small and few: a node that is this far behind has long been given up. */
  private static final long CONTROL_QUEUE_BYTES = 16L << 20;

  /** So RabbitMQ can send on while an acknowledgement is under way. */
  private static final int BATCHES_PER_PREFETCH = 4;

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
  private final Hearing publicationHearing;
  private final Hearing controlHearing;
  private final Prober prober;

  /** Whether RabbitMQ reads nothing from the publishing connection now. */
  private volatile boolean blocked;

  private Link(
      Connections connections,
      RabbitMqConfig config,
      Wire wire,
      CompletableFuture<String> lost,
      InstantSource clock,
      Timer timer,
      LongSupplier drops)
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
    gapQueue = declareQueue(Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
    queue = declareQueue(publicationQueue(config, gapQueue));
    controlQueue =
        declareQueue(Map.of("x-max-length-bytes", CONTROL_QUEUE_BYTES, "x-overflow", "drop-head"));
    binding.queueBind(controlQueue, controlExchange(config), "");
    publishing = openChannel(connections.publishing());
    publishing.confirmSelect();
    controlPublishing = openChannel(connections.publishing());
    controlPublishing.confirmSelect();
    connections.publishing().addBlockedListener(reason -> blocked = true, () -> blocked = false);
    List<String> exchanges = wire.read().stream().map(Wire.Lane::exchange).toList();
    for (String exchange : exchanges) {
      binding.queueBind(queue, exchange, ProbeMessage.key(queue));
    }
    Instant now = clock.instant();
    publicationHearing = new Hearing(queue, exchanges, drops, this::lose, now);
    controlHearing =
        new Hearing(controlQueue, List.of(controlExchange(config)), () -> 0, this::lose, now);
    prober =
        new Prober(
            openChannel(connections.publishing()),
            List.of(publicationHearing, controlHearing),
            clock,
            timer,
            config.publishing().timeout(),
            () -> blocked,
            this::isLost,
            this::lose);
  }

  /**
   * Declares everything. The connections are the caller's to close when this fails.
   *
   * @param drops how often RabbitMQ has told that it dropped publications of this node
   */
  static Link open(
      Connections connections,
      RabbitMqConfig config,
      Wire wire,
      InstantSource clock,
      Timer timer,
      LongSupplier drops)
      throws IOException {
    CompletableFuture<String> lost = new CompletableFuture<>();
    connections.receiving().addShutdownListener(cause -> lost.complete(Failures.reason(cause)));
    connections.publishing().addShutdownListener(cause -> lost.complete(Failures.reason(cause)));
    connections.failed().thenAccept(lost::complete);
    return new Link(connections, config, wire, lost, clock, timer, drops);
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

  /** Starts to take messages from all three queues, and to probe the way to them. */
  void consume(Receiver receiver, Executor executor, InstantSource clock, Timer timer)
      throws IOException {
    Channel gaps = openChannel(connections.receiving());
    consume(
        gaps,
        gapQueue,
        GapConsumer.PREFETCH,
        new GapConsumer(gaps, executor, clock, receiver::dropped, this::lose));
    consume(controlHearing, timer, (envelope, body) -> receiver.control(body, this::isLost));
    consume(
        publicationHearing,
        timer,
        (envelope, body) -> receiver.publications(envelope, body, this::isLost));
    prober.start();
  }

  private void consume(Hearing hearing, Timer timer, BiConsumer<Envelope, byte[]> sink)
      throws IOException {
    Channel channel = openChannel(connections.receiving());
    int batch = Math.max(1, config.prefetch() / BATCHES_PER_PREFETCH);
    Acknowledger acknowledger = new Acknowledger(channel, batch, timer, this::lose);
    consume(
        channel,
        hearing.queue(),
        config.prefetch(),
        new QueueConsumer(channel, acknowledger, hearing, sink, this::lose));
  }

  /** Publications that RabbitMQ took before this time have come to this node. Any thread. */
  Instant wholeAt() {
    return prober.wholeAt();
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
