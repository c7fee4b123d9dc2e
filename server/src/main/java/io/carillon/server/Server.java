package io.carillon.server;

import io.carillon.adapter.rabbitmq.RabbitMqBroker;
import io.carillon.broker.Broker;
import io.carillon.broker.ForeignForm;
import io.carillon.broker.InMemoryBus;
import io.carillon.hub.Hub;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.topics.DemoForm;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.protocol.topics.TopicsProtocol;
import io.carillon.server.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: builds its parts from the configuration, starts them in order and stops them in
 * reverse.
 *
 * <p>In order: event loops, broker, hub, protocols, listener, bus. The port is taken before the bus
 * is there, so that a node whose bus is away can say so to health checks; until the bus is up,
 * clients are asked to come back.
 */
public final class Server implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Server.class);

  private final ServerConfig config;
  private final Incarnation incarnation;
  private final Transport transport;
  private final Broker broker;
  private final Hub hub;
  private final Health health;
  private final FrontDoor frontDoor;
  private final AtomicBoolean closed = new AtomicBoolean();

  public Server(ServerConfig config) {
    Incarnation incarnation = Incarnation.random(new SecureRandom());
    this.config = config;
    this.incarnation = incarnation;
    this.broker = brokerOf(config, incarnation);
    requireDefaultTopic(broker, config.topics());
    this.transport = new Transport(config.transport(), config.tls(), incarnation, config.threads());
    this.hub =
        new Hub(
            incarnation,
            broker,
            transport.loops(),
            config.hub(),
            System::nanoTime,
            InstantSource.system());
    this.health = new Health(hub::isBusUp, transport::isFull);
    List<Protocol> protocols = List.of(new TopicsProtocol(config.topics()));
    this.frontDoor = new FrontDoor(health, protocols);
  }

  private static Broker brokerOf(ServerConfig config, Incarnation incarnation) {
    return switch (config.broker()) {
      case BrokerConfig.Local local -> {
        log.warn(
            "No broker is configured: this node works alone, and clients of other nodes are not"
                + " reached. Give --broker amqp://... (or RABBITMQ_URL) to connect nodes.");
        yield new InMemoryBus().connect();
      }
      case BrokerConfig.Embedded embedded -> embedded.bus().connect();
      case BrokerConfig.RabbitMq rabbit ->
          new RabbitMqBroker(
              rabbit.config(),
              foreignForm(rabbit.wire(), config.nodeId()),
              incarnation,
              System::nanoTime,
              InstantSource.system(),
              new SecureRandom());
    };
  }

  private static @Nullable ForeignForm foreignForm(WireMode mode, String nodeId) {
    DemoForm form = new DemoForm(nodeId, Incarnation.random(new SecureRandom()), System::nanoTime);
    return switch (mode) {
      case NATIVE -> null;
      case TRANSITION -> new ForeignForm(form, ForeignForm.Use.READ);
      case REFERENCE -> new ForeignForm(form, ForeignForm.Use.READ_AND_WRITE);
    };
  }

  /** Every client joins it, so it must have an address. */
  private static void requireDefaultTopic(Broker broker, TopicsConfig topics) {
    if (!broker.carries(Channel.ofTopic(topics.defaultTopic()))) {
      throw new IllegalArgumentException(
          "default topic: \"%s\" (expected: no pattern, and at most 255 bytes, with --wire"
                  .formatted(topics.defaultTopic())
              + " reference or transition)");
    }
  }

  /**
   * Takes the port, then connects to the bus.
   *
   * @return completes when clients are welcome for the first time; exceptionally with {@code
   *     BrokerConfigurationException} when that can't come about by waiting
   * @throws IOException when the port or the TLS certificate can't be had
   */
  public CompletionStage<InetSocketAddress> start() throws IOException {
    InetSocketAddress address = transport.listen(hub, frontDoor);
    log.info(
        "Node {} ({}) listens on {}, {} event loops, {}",
        config.nodeId(),
        incarnation,
        address,
        config.threads(),
        Transport.isNative() ? "epoll" : "NIO");
    return hub.start().thenApply(up -> address);
  }

  /**
   * Leaves: tells balancers, then clients, little by little and each in its protocol's way,
   * delivering and confirming meanwhile; then {@link #close}s. Blocks for as long as {@link
   * DrainConfig} says.
   */
  public void drain() {
    health.drain();
    int clients = transport.clients();
    log.info("Node {} is leaving; {} clients", config.nodeId(), clients);
    if (clients > 0) {
      hub.stopUnbinding();
      pause(config.drain().announce());
      await(transport.closeClients(config.drain().window()), config.drain().patience());
    }
    log.info("{} clients were told, {} are left", clients, transport.clients());
    close();
  }

  private static void pause(Duration duration) {
    await(new CompletableFuture<Void>(), duration);
  }

  private static void await(CompletableFuture<Void> stage, Duration atMost) {
    try {
      stage.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException over) {
      // Whoever is left is cut.
    } catch (ExecutionException e) {
      throw new IllegalStateException("closing clients never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends everything in reverse order, without waiting for clients. Idempotent; blocks. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    health.drain();
    transport.stopListening();
    broker.close();
    transport.close();
    log.info("Node {} has stopped", config.nodeId());
  }
}
