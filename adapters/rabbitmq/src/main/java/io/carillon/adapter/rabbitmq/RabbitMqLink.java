package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
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
import io.carillon.adapter.kit.UnconfirmedException;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.broker.WireForm;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's connections to RabbitMQ with all that it has there: its {@link Topology}, and an AMQP
 * channel for each task, so that none waits for another. Never repaired: when any part of it fails,
 * the whole is lost.
 *
 * <p>Probes of its own travel along every arrow of the topology that leads to a lane's queue, and
 * show that they still lead here.
 */
final class RabbitMqLink implements Link, WideTarget {

  private static final Logger log = LoggerFactory.getLogger(RabbitMqLink.class);

  /**
   * AMQP's wildcard for any number of words. No channel has this key, because the character is
   * encoded in names.
   */
  private static final String EVERY_KEY = "#";

  private static final Map<String, Object> NO_ARGUMENTS = Map.of();

  /** What RabbitMQ's negative answer means where a queue drops its oldest messages. */
  private static final PublishOutcome UNCONFIRMED =
      new PublishOutcome.Unknown("RabbitMQ could not take it");

  /** The outcome if a queue rejects new messages. */
  private static final PublishOutcome QUEUE_FULL =
      new PublishOutcome.Refused(Refusal.OVERLOADED, "the node's bulk queue is full");

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
  private final Topology topology;
  private final CompletableFuture<String> lost;
  private final Hearing publicationHearing;
  private final Hearing controlHearing;
  private final Hearing bulkHearing;
  private final Prober prober;
  private final BlockedConnection blocked = new BlockedConnection();

  /** How many probes a full bulk queue has rejected. */
  private final LongAdder rejectedProbes = new LongAdder();

  /** Null in a broker that nobody has told of other nodes. */
  private final @Nullable Confirmations confirmations;

  private RabbitMqLink(
      Connections connections,
      RabbitMqConfig config,
      Wire wire,
      Incarnation node,
      CompletableFuture<String> lost,
      Environment environment,
      Receiver receiver)
      throws IOException {
    this.connections = connections;
    this.config = config;
    this.wire = wire;
    this.environment = environment;
    this.lost = lost;
    binding = openChannel(connections.receiving());
    topology = Topology.declare(binding, config, wire, RabbitMqBroker.nodeKey(node));
    publications =
        new ExchangeOutlet(
            openConfirmed(), wire.written().exchange(), wire.written().form(), UNCONFIRMED);
    control = new NodeOutlet(openConfirmed(), wire, UNCONFIRMED);
    bulk = new NodeOutlet(openConfirmed(), wire, QUEUE_FULL);
    connections.publishing().addBlockedListener(blocked);
    String nodes = wire.nodes().exchange();
    List<String> exchanges = wire.read().stream().map(Wire.Place::exchange).toList();
    List<String> controlExchanges = List.of(wire.control().exchange(), nodes);
    publicationHearing = hearing(topology.publications(), exchanges, receiver::drops);
    controlHearing = hearing(topology.control(), controlExchanges, () -> 0);
    bulkHearing = hearing(topology.bulk(), List.of(nodes), rejectedProbes::sum);
    Channel probes = openConfirmed();
    probes.addConfirmListener((tag, several) -> {}, (tag, several) -> rejectedProbes.increment());
    prober =
        new Prober(
            environment.vendor(),
            ProbeMessage.writer(probes),
            List.of(publicationHearing, controlHearing, bulkHearing),
            environment.clock(),
            environment.timer(),
            config.publishing().timeout(),
            blocked::isBlocked,
            this::isLost,
            this::lose);
    confirmations = confirmations(node, receiver);
  }

  private @Nullable Confirmations confirmations(Incarnation node, Receiver receiver) {
    Connection receiving = connections.receiving();
    Connection publishing = connections.publishing();
    boolean asks =
        config.confirming().applies(receiving.getServerProperties())
            || config.confirming().applies(publishing.getServerProperties());
    Duration allowance = Prober.allowance(config.publishing().timeout());
    return environment
        .barriers()
        .peers()
        .map(
            peers ->
                new Confirmations(
                    new Confirmations.Site(node, config.cluster(), wire, topology.control(), asks),
                    () -> openChannel(receiving),
                    () -> openChannel(publishing),
                    environment,
                    peers,
                    (reason, since, until) ->
                        receiver.missed(reason, since.minus(allowance), until),
                    lost))
        .orElse(null);
  }

  private Hearing hearing(String queue, List<String> exchanges, LongSupplier drops) {
    return new Hearing(queue, exchanges, drops, this::deaf, environment.clock().instant());
  }

  /**
   * Declares exchanges, queues and bindings. If this fails, the caller closes the connections.
   *
   * @param node this node
   * @param receiver knows how often RabbitMQ has reported dropped publications of this node
   */
  static RabbitMqLink open(
      Connections connections,
      RabbitMqConfig config,
      Wire wire,
      Incarnation node,
      Environment environment,
      Receiver receiver)
      throws IOException {
    CompletableFuture<String> lost = new CompletableFuture<>();
    connections.receiving().addShutdownListener(cause -> lost.complete(Failures.reason(cause)));
    connections.publishing().addShutdownListener(cause -> lost.complete(Failures.reason(cause)));
    connections.failed().thenAccept(lost::complete);
    return new RabbitMqLink(connections, config, wire, node, lost, environment, receiver);
  }

  /** RabbitMQ accepts nothing during a memory alarm, for example. */
  @Override
  public void onBlocked(Consumer<String> listener, Runnable unblocked) {
    blocked.listen(listener, unblocked);
  }

  /** Starts to consume all queues, and to probe the way to them. */
  void consume(Receiver receiver) throws IOException {
    Channel gaps = openChannel(connections.receiving());
    consume(
        gaps,
        topology.gaps(),
        GapConsumer.PREFETCH,
        new GapConsumer(
            gaps, environment.executor(), environment.clock(), receiver::dropped, this::lose));
    int prefetch = config.prefetch();
    consume(
        controlHearing,
        prefetch,
        (envelope, properties, body) -> control(receiver, envelope, properties, body));
    consume(bulkHearing, BULK_PREFETCH, (envelope, _, body) -> receiver.bulk(body, this::isLost));
    consume(
        publicationHearing,
        prefetch,
        (envelope, _, body) -> publications(receiver, envelope, body));
    prober.start();
  }

  private void control(
      Receiver receiver, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
    if (!BarrierMessage.is(properties)) {
      receiver.control(body, this::isLost);
    } else if (confirmations != null) {
      confirmations.hear(envelope.getRoutingKey(), body);
    }
  }

  private void publications(Receiver receiver, Envelope envelope, byte[] body) {
    WireForm form = wire.formOf(envelope.getExchange());
    if (form != null) {
      receiver.publications(form, envelope.getRoutingKey(), body, this::isLost);
    }
  }

  private void consume(Hearing hearing, int prefetch, QueueConsumer.Sink sink) throws IOException {
    Channel channel = openChannel(connections.receiving());
    consume(
        channel,
        hearing.target(),
        prefetch,
        new QueueConsumer(channel, acknowledger(channel, prefetch), hearing, sink, this::lose));
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
    return prober.wholeAt(publicationHearing);
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
    lose("it was closed");
    if (confirmations != null) {
      confirmations.close();
    }
    connections.close(patience);
  }

  @Override
  public String name() {
    return "queue " + queue();
  }

  @Override
  public String queue() {
    return topology.publications();
  }

  /**
   * All but the last bind are sent without waiting; the answer to the last one stands for all,
   * because RabbitMQ handles an AMQP channel's commands in order.
   */
  @Override
  public void bind(Collection<io.carillon.message.Channel> channels) throws IOException {
    try {
      int left = channels.size();
      for (io.carillon.message.Channel channel : channels) {
        left--;
        for (Wire.Place place : wire.read()) {
          String key = place.form().address(channel);
          if (left > 0) {
            binding.queueBindNoWait(queue(), place.exchange(), key, NO_ARGUMENTS);
          } else {
            binding.queueBind(queue(), place.exchange(), key, NO_ARGUMENTS);
          }
        }
      }
    } catch (ShutdownSignalException e) {
      throw new IOException(e);
    }
  }

  /** All servers route here when each node has confirmed it. */
  @Override
  public void settle() throws IOException, UnconfirmedException {
    if (confirmations != null) {
      confirmations.settle();
    }
  }

  @Override
  public CompletableFuture<Void> admitted() {
    return confirmations == null ? Link.super.admitted() : confirmations.admitted();
  }

  /** Unbinds have no form without an answer. */
  @Override
  public void unbind(Collection<io.carillon.message.Channel> channels) throws IOException {
    for (io.carillon.message.Channel channel : channels) {
      unbind(place -> place.form().address(channel));
    }
  }

  @Override
  public void bindAll() throws IOException {
    try {
      for (Wire.Place place : wire.read()) {
        binding.queueBind(queue(), place.exchange(), EVERY_KEY, NO_ARGUMENTS);
      }
    } catch (ShutdownSignalException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void unbindAll() throws IOException {
    unbind(place -> EVERY_KEY);
  }

  private void unbind(Function<Wire.Place, String> key) throws IOException {
    try {
      for (Wire.Place place : wire.read()) {
        binding.queueUnbind(queue(), place.exchange(), key.apply(place), NO_ARGUMENTS);
      }
    } catch (ShutdownSignalException e) {
      throw new IOException(e);
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

  private static void consume(Channel channel, String queue, int prefetch, DefaultConsumer consumer)
      throws IOException {
    channel.basicQos(prefetch);
    channel.basicConsume(queue, false, consumer);
    log.debug("Consuming queue {}", queue);
  }
}
