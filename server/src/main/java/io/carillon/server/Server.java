package io.carillon.server;

import io.carillon.broker.Broker;
import io.carillon.http.PathPrefix;
import io.carillon.hub.Hub;
import io.carillon.hub.LastPublications;
import io.carillon.message.Incarnation;
import io.carillon.metrics.MetricSource;
import io.carillon.presence.Presence;
import io.carillon.protocol.FrontEnd;
import io.carillon.protocol.FrontEndContext;
import io.carillon.server.metrics.MetricsConfig;
import io.carillon.server.metrics.MetricsServer;
import io.carillon.server.transport.Transport;
import io.carillon.view.Cluster;
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
 * reverse. {@link Parts} says which brokers and protocols there are.
 *
 * <p>The constructor builds the broker, the event loops, the hub, presence and the front ends.
 * {@link #start} connects the bus and opens the port. A bus inside this process starts before the
 * port opens, so that the node accepts its first client. The node connects to a broker after the
 * port has opened, so that it can answer health checks while its broker is away; until it is
 * connected, clients are asked to come back.
 */
public final class Server implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Server.class);

  /** The bus has this long to take the message that the node leaves. */
  private static final Duration FAREWELL = Duration.ofMillis(200);

  private final ServerConfig config;
  private final Incarnation incarnation;
  private final Transport transport;
  private final Broker broker;
  private final Hub hub;
  private final Cluster cluster;
  private final Health health;
  private final List<FrontEnd> frontEnds;
  private final FrontDoor frontDoor;
  private final @Nullable MetricsServer metrics;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<Void> drainAsked = new CompletableFuture<>();

  public Server(ServerConfig config) {
    SecureRandom random = new SecureRandom();
    Incarnation incarnation = Incarnation.random(random);
    this.config = config;
    this.incarnation = incarnation;
    this.broker = NodeBroker.create(config, random);
    FrontEndPlans planned = new FrontEndPlans(config);
    planned.plans().forEach(plan -> plan.require(broker::carries));
    this.transport = new Transport(config.transport(), config.tls(), incarnation, config.threads());
    LastPublications memory =
        LastPublications.joined(
            planned.plans().stream().flatMap(it -> it.memory().stream()).toList());
    this.hub =
        new Hub(
            incarnation,
            broker,
            transport.loops(),
            config.hub(),
            memory,
            System::nanoTime,
            InstantSource.system());
    this.cluster = NodeCluster.of(config, hub, planned.fingerprints());
    broker.meet(cluster.peers());
    Presence presence = new Presence(hub, cluster.view(), Presence.SETTLE, System::nanoTime);
    this.health =
        new Health(
            hub::isBusUp,
            cluster::isReady,
            cluster::incompatibility,
            cluster::viewAge,
            transport::isFull);
    PathPrefix prefix = config.transport().http().prefix();
    this.frontEnds =
        planned.open(
            closed ->
                new FrontEndContext(
                    hub,
                    presence,
                    cluster.view(),
                    memory,
                    prefix,
                    health::publishUnavailable,
                    cluster::viewAge,
                    closed));
    this.frontDoor = new FrontDoor(prefix, health, pageOf(config, cluster), frontEnds);
    this.metrics = metricsOf(config);
  }

  private @Nullable MetricsServer metricsOf(ServerConfig config) {
    return switch (config.metrics()) {
      case MetricsConfig.Off _ -> null;
      case MetricsConfig.Prometheus prometheus ->
          new MetricsServer(
              prometheus,
              config.nodeId(),
              NodeMetrics.of(health, transport, hub, cluster, broker, frontEndMetrics()),
              List.of(
                  new NodesEndpoint(config.cluster(), cluster).route(),
                  new DrainEndpoint(config.cluster(), config.drain(), drainAsked).route()));
    };
  }

  /**
   * In the order of the documentation, which is the reverse of the order in which they are asked.
   */
  private List<MetricSource> frontEndMetrics() {
    return frontEnds.reversed().stream().flatMap(it -> it.metrics().stream()).toList();
  }

  private static Page pageOf(ServerConfig config, Cluster cluster) {
    return switch (config.page()) {
      case OFF -> Page.off(config.pageParts());
      case SERVED ->
          switch (config.pageCluster()) {
            case NONE -> Page.of(config.nodeId(), config.pageParts());
            case NODES -> mapped(config, cluster, NodesDetail.NODES);
            case FIGURES -> mapped(config, cluster, NodesDetail.FIGURES);
          };
    };
  }

  private static Page mapped(ServerConfig config, Cluster cluster, NodesDetail detail) {
    String name = config.cluster().name();
    PageNodes nodes = new PageNodes(name, detail, cluster::report, System::nanoTime);
    return Page.of(config.nodeId(), config.pageParts(), nodes);
  }

  /**
   * Opens the port and connects to the bus; the class says in which order.
   *
   * @return completes when the node accepts clients for the first time; exceptionally with {@code
   *     BrokerConfigurationException} if waiting can't help
   * @throws IOException if the port can't be opened or the TLS certificate can't be used
   */
  public CompletionStage<InetSocketAddress> start() throws IOException {
    return switch (config.driver().place()) {
      case NOWHERE, INSIDE -> {
        hub.start().toCompletableFuture().join(); // A bus of this process has started by now.
        yield joined(listen());
      }
      case OUTSIDE -> {
        InetSocketAddress address = listen();
        yield hub.start().thenCompose(up -> joined(address));
      }
    };
  }

  private CompletionStage<InetSocketAddress> joined(InetSocketAddress address) {
    return cluster.start().thenApply(known -> address);
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

  /** Completes when an operator asks the node, by its metrics' port, to {@link #drain}. */
  public CompletionStage<Void> drainAsked() {
    return drainAsked;
  }

  /**
   * Leaves: tells balancers, then closes the clients bit by bit, each in its protocol's way.
   * Meanwhile the node goes on delivering, confirming and accepting backends' publications. Then it
   * calls {@link #close}. A node that backends may publish to tells balancers even if it has no
   * clients, because the backends use the same balancers. Blocks for as long as {@link DrainConfig}
   * says.
   */
  public void drain() {
    health.drain();
    transport.stopKeeping();
    int clients = transport.clients();
    log.info("Node {} is leaving; {} clients", config.nodeId(), clients);
    if (clients > 0 || mayBackendsPublish()) {
      hub.stopUnbinding();
      pause(config.drain().announce());
      transport.closeKept(); // By now balancers send no new clients.
      await(transport.closeClients(config.drain().window()), config.drain().patience());
    }
    log.info("{} clients were told, {} are left", clients, transport.clients());
    close();
  }

  private boolean mayBackendsPublish() {
    return frontEnds.stream().anyMatch(FrontEnd::takesPublications);
  }

  private static void pause(Duration duration) {
    await(new CompletableFuture<Void>(), duration);
  }

  private static void await(CompletableFuture<Void> stage, Duration atMost) {
    try {
      stage.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException over) {
      // The remaining clients are disconnected.
    } catch (ExecutionException e) {
      throw new IllegalStateException("closing clients never fails", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The others need not wait until they miss this node. */
  private CompletableFuture<Void> leaveCluster() {
    return cluster.leave().exceptionally(busIsAway -> null).toCompletableFuture();
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
    await(leaveCluster(), FAREWELL);
    cluster.close();
    broker.close();
    transport.close();
    if (metrics != null) {
      metrics.close();
    }
    log.info("Node {} has stopped", config.nodeId());
  }
}
