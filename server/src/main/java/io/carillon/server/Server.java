package io.carillon.server;

import io.carillon.adapter.rabbitmq.RabbitMqBroker;
import io.carillon.auth.Authorizer;
import io.carillon.auth.TokenAuthorizer;
import io.carillon.broker.Broker;
import io.carillon.broker.ForeignForm;
import io.carillon.broker.InMemoryBus;
import io.carillon.cluster.SingleNode;
import io.carillon.http.PathPrefix;
import io.carillon.hub.Hub;
import io.carillon.hub.LastPublications;
import io.carillon.message.Incarnation;
import io.carillon.presence.Presence;
import io.carillon.protocol.Protocol;
import io.carillon.protocol.pusher.PusherProtocol;
import io.carillon.protocol.topics.DemoForm;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.protocol.topics.TopicsProtocol;
import io.carillon.server.api.PublishEndpoint;
import io.carillon.server.auth.JwtVerifier;
import io.carillon.server.auth.TokenConfig;
import io.carillon.server.metrics.MetricsConfig;
import io.carillon.server.metrics.MetricsServer;
import io.carillon.server.pusher.ApiFault;
import io.carillon.server.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: builds its parts from the configuration, starts them in order and stops them in
 * reverse.
 *
 * <p>In order: event loops, broker, hub, presence, protocols, then the bus and the listener. A bus
 * inside this process is started before the port opens, so that the first client is welcome. A
 * broker is connected to after the port has opened, so that a node whose broker is away can say so
 * to health checks; until the broker is there, clients are asked to come back.
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
  private final @Nullable MetricsServer metrics;
  private final AtomicBoolean closed = new AtomicBoolean();

  public Server(ServerConfig config) {
    Incarnation incarnation = Incarnation.random(new SecureRandom());
    this.config = config;
    this.incarnation = incarnation;
    this.broker = brokerOf(config);
    requireDefaultTopic(broker, config.topics());
    this.transport = new Transport(config.transport(), config.tls(), incarnation, config.threads());
    LastPublications memory = PusherFrontEnd.memoryOf(config.pusher());
    this.hub =
        new Hub(
            incarnation,
            broker,
            transport.loops(),
            config.hub(),
            memory,
            System::nanoTime,
            InstantSource.system());
    Presence presence = new Presence(hub, new SingleNode());
    this.health = new Health(hub::isBusUp, transport::isFull);
    PublishEndpoint publishing = publishEndpoint(config, health, hub);
    PathPrefix prefix = config.transport().http().prefix();
    Protocol topics = topicsProtocol(config);
    if (config.pusher().apps().isEmpty()) {
      this.frontDoor =
          new FrontDoor(
              prefix,
              health,
              pageOf(config),
              publishing,
              null,
              List.of(PusherProtocol.withoutApps(), topics));
      this.metrics = metricsOf(config, publishing, Map::of);
    } else {
      PusherFrontEnd pusher =
          new PusherFrontEnd(prefix, config.pusher(), hub, presence, memory, health);
      this.frontDoor =
          new FrontDoor(
              prefix,
              health,
              pageOf(config),
              publishing,
              pusher.api(),
              List.of(pusher.protocol(), topics));
      this.metrics = metricsOf(config, publishing, pusher.api()::refusals);
    }
  }

  private static Protocol topicsProtocol(ServerConfig config) {
    TokenConfig tokens = config.access().tokens();
    InstantSource clock = InstantSource.system();
    if (!tokens.isOpen()) {
      Authorizer authorizer =
          new OpenChannelsOnly(new TokenAuthorizer(new JwtVerifier(tokens, clock)));
      return new TopicsProtocol(config.topics(), authorizer, config.access().origins(), clock);
    }
    if (!isLoopback(config.transport().host())) {
      log.warn(
          "Whoever reaches {} may subscribe and publish to every topic. Set"
              + " topics.auth.hs256_secret or topics.auth.rs256_key to ask for tokens.",
          config.transport().host());
    }
    return new TopicsProtocol(
        config.topics(), new OpenChannelsOnly(Authorizer.OPEN), config.access().origins(), clock);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // Listening says what is wrong with it.
    }
  }

  private static PublishEndpoint publishEndpoint(ServerConfig config, Health health, Hub hub) {
    return new PublishEndpoint(
        config.access().publishKeys(),
        config.topics(),
        config.transport().maxMessageBytes(),
        new HubPublisher(hub, health));
  }

  private static Broker brokerOf(ServerConfig config) {
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
              foreignForm(rabbit.wire(), config),
              System::nanoTime,
              InstantSource.system(),
              new SecureRandom());
    };
  }

  private @Nullable MetricsServer metricsOf(
      ServerConfig config, PublishEndpoint publishing, Supplier<Map<ApiFault, Long>> apiRefusals) {
    return switch (config.metrics()) {
      case MetricsConfig.Off _ -> null;
      case MetricsConfig.Prometheus prometheus ->
          new MetricsServer(
              prometheus,
              config.nodeId(),
              NodeMetrics.of(health, transport, hub, broker, publishing, apiRefusals));
    };
  }

  private static Page pageOf(ServerConfig config) {
    return switch (config.page()) {
      case SERVED ->
          config
              .pusher()
              .pageApp()
              .map(app -> Page.of(config.nodeId(), app))
              .orElseGet(() -> Page.of(config.nodeId()));
      case OFF -> Page.NONE;
    };
  }

  private static @Nullable ForeignForm foreignForm(WireMode mode, ServerConfig config) {
    DemoForm form =
        new DemoForm(
            config.nodeId(),
            Incarnation.random(new SecureRandom()),
            config.transport().maxMessageBytes(),
            System::nanoTime);
    if (mode != WireMode.NATIVE) {
      log.info(
          "Wire form {}: nodes of the demo are heard, and this node's messages are {}",
          mode,
          mode == WireMode.REFERENCE ? "for them too" : "for Carillon's nodes alone");
    }
    return switch (mode) {
      case NATIVE -> null;
      case TRANSITION -> new ForeignForm(form, ForeignForm.Use.READ);
      case REFERENCE -> new ForeignForm(form, ForeignForm.Use.READ_AND_WRITE);
    };
  }

  /** Every client joins it, so it must have an address. */
  private static void requireDefaultTopic(Broker broker, TopicsConfig topics) {
    if (!broker.carries(topics.channel(topics.defaultTopic()))) {
      throw new IllegalArgumentException(
          "default topic: \"%s\" (expected: no pattern, and at most 255 bytes, with --wire"
                  .formatted(topics.defaultTopic())
              + " reference or transition)");
    }
  }

  /**
   * Takes the port and connects to the bus; see above for which comes first.
   *
   * @return completes when clients are welcome for the first time; exceptionally with {@code
   *     BrokerConfigurationException} when that can't come about by waiting
   * @throws IOException when the port or the TLS certificate can't be had
   */
  public CompletionStage<InetSocketAddress> start() throws IOException {
    return switch (config.broker()) {
      case BrokerConfig.Local _, BrokerConfig.Embedded _ -> {
        hub.start().toCompletableFuture().join(); // A bus of this process has started by now.
        yield CompletableFuture.completedStage(listen());
      }
      case BrokerConfig.RabbitMq _ -> {
        InetSocketAddress address = listen();
        yield hub.start().thenApply(up -> address);
      }
    };
  }

  private InetSocketAddress listen() throws IOException {
    InetSocketAddress address = transport.listen(hub, frontDoor);
    log.info(
        "Node {} ({}) listens on {}, {} event loops, {}",
        config.nodeId(),
        incarnation,
        address,
        config.threads(),
        config.transport().io());
    if (metrics != null) {
      metrics.start();
    }
    return address;
  }

  /**
   * Leaves: tells balancers, then clients, little by little and each in its protocol's way,
   * delivering, confirming and taking backends' publications meanwhile; then {@link #close}s. A
   * node that backends may publish to tells balancers also when it has no clients: they come by the
   * same balancers. Blocks for as long as {@link DrainConfig} says.
   */
  public void drain() {
    health.drain();
    transport.stopKeeping();
    int clients = transport.clients();
    log.info("Node {} is leaving; {} clients", config.nodeId(), clients);
    if (clients > 0 || mayBackendsPublish()) {
      hub.stopUnbinding();
      pause(config.drain().announce());
      transport.closeKept(); // By now balancers send nothing new by them.
      await(transport.closeClients(config.drain().window()), config.drain().patience());
    }
    log.info("{} clients were told, {} are left", clients, transport.clients());
    close();
  }

  private boolean mayBackendsPublish() {
    return !config.access().publishKeys().isEmpty() || !config.pusher().apps().isEmpty();
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
    health.end();
    transport.stopKeeping();
    transport.stopListening();
    broker.close();
    transport.close();
    if (metrics != null) {
      metrics.close();
    }
    log.info("Node {} has stopped", config.nodeId());
  }
}
