package io.carillon.server.cli;

import io.carillon.adapter.rabbitmq.AmqpUri;
import io.carillon.adapter.rabbitmq.RabbitMqConfig;
import io.carillon.hub.HubConfig;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.server.BrokerConfig;
import io.carillon.server.DrainConfig;
import io.carillon.server.Server;
import io.carillon.server.ServerConfig;
import io.carillon.server.WireMode;
import io.carillon.server.transport.TransportConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one node until it is told to stop. */
@Command(
    name = "serve",
    description = "Run one node.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "In brackets: the environment variable, then the default.",
      "Ready is one line on standard output; the log goes to standard error.",
      "SIGTERM or Ctrl-C drains the node: clients are told to reconnect (1012). Again: at once."
    })
final class ServeCommand implements Callable<Integer> {

  /** The cluster's name in every envelope; nodes that share a vhost and an exchange are one. */
  private static final String CLUSTER = "carillon";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port, 0 for any free one (PORT; 8080).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (HOST; 127.0.0.1). 0.0.0.0 lets other machines in.")
  private String host = "";

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description = {
        "amqp://user:password@host:port/vhost, amqps://..., several addresses by commas"
            + " (RABBITMQ_URL). A command line can be read by others on this machine: prefer the"
            + " variable. Without one the node works alone."
      })
  private @Nullable String broker;

  @Option(
      names = "--exchange",
      paramLabel = "NAME",
      defaultValue = RabbitMqConfig.DEFAULT_EXCHANGE,
      description = "RabbitMQ exchange (RABBITMQ_EXCHANGE; ws.topics).")
  private String exchange = "";

  @Option(
      names = "--wire",
      paramLabel = "FORM",
      defaultValue = "native",
      description = {
        "native, or to share RabbitMQ with nodes of the demo server: reference, transition"
            + " (CARILLON_WIRE; native)."
      })
  private WireMode wire = WireMode.NATIVE;

  @Option(
      names = "--node-id",
      paramLabel = "LABEL",
      description = "This node's label in logs (NODE_ID; random).")
  private @Nullable String nodeId;

  @Option(
      names = "--default-topic",
      paramLabel = "TOPIC",
      defaultValue = "lobby",
      description = "Topic that clients join by themselves (DEFAULT_TOPIC; lobby).")
  private String defaultTopic = "";

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Most clients (${DEFAULT-VALUE}); further ones get 503.")
  private int maxConnections;

  @Option(
      names = "--max-message",
      paramLabel = "BYTES",
      defaultValue = "262144",
      description = "Longest message of a client (${DEFAULT-VALUE}); longer ones close with 1009.")
  private int maxMessage;

  @Option(
      names = "--heartbeat",
      paramLabel = "DURATION",
      defaultValue = "25s",
      converter = DurationConverter.class,
      description = "How often clients are pinged (${DEFAULT-VALUE}).")
  private Duration heartbeat = Duration.ZERO;

  @Option(
      names = "--unbind-linger",
      paramLabel = "DURATION",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "How long an unused topic stays bound (${DEFAULT-VALUE}; 0s possible).")
  private Duration unbindLinger = Duration.ZERO;

  @Option(
      names = "--drain-announce",
      paramLabel = "DURATION",
      defaultValue = "3s",
      converter = DurationConverter.class,
      description = "How long a stopping node only says so to balancers (${DEFAULT-VALUE}).")
  private Duration drainAnnounce = Duration.ZERO;

  @Option(
      names = "--drain-window",
      paramLabel = "DURATION",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description = "Over how long its clients are then told to reconnect (${DEFAULT-VALUE}).")
  private Duration drainWindow = Duration.ZERO;

  @Option(
      names = "--drain-deadline",
      paramLabel = "DURATION",
      defaultValue = "8s",
      converter = DurationConverter.class,
      description = "When a stopping process ends, whatever is left (${DEFAULT-VALUE}).")
  private Duration drainDeadline = Duration.ZERO;

  @Option(names = "--threads", paramLabel = "N", description = "Event loops (one per processor).")
  private @Nullable Integer threads;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "error, warn, info, debug or trace (CARILLON_LOG_LEVEL; info).")
  private Logging.Verbosity logLevel = Logging.Verbosity.INFO;

  @Override
  public Integer call() throws Exception {
    Logging.set(logLevel);
    StopSignals stop = StopSignals.install();
    ServerConfig config = validConfig();
    try (Server server = serverOf(config)) {
      CompletableFuture<Void> started =
          server.start().thenAccept(this::sayReady).toCompletableFuture();
      CompletableFuture.anyOf(stop.asked(), failureOf(started)).get();
      Watchdog.start(config.drain().deadline());
      server.drain();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    return CommandLine.ExitCode.OK;
  }

  private void sayReady(InetSocketAddress address) {
    spec.commandLine().getOut().println("Ready: " + urlOf(address));
    spec.commandLine().getOut().flush();
  }

  /** Fails with the stage, and never completes otherwise. */
  private static CompletableFuture<Void> failureOf(CompletableFuture<Void> stage) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    stage.whenComplete(
        (done, cause) -> {
          if (cause != null) {
            failure.completeExceptionally(cause);
          }
        });
    return failure;
  }

  private ServerConfig validConfig() throws InvalidConfiguration {
    try {
      return config();
    } catch (IllegalArgumentException e) {
      throw new InvalidConfiguration(e);
    }
  }

  private ServerConfig config() {
    String label = nodeId == null ? UUID.randomUUID().toString() : nodeId;
    return new ServerConfig(
        label,
        threads == null ? Runtime.getRuntime().availableProcessors() : threads,
        brokerConfig(label),
        TransportConfig.DEFAULTS.at(host, port).withLimits(maxConnections, maxMessage, heartbeat),
        HubConfig.DEFAULTS.withUnbindLinger(unbindLinger),
        new TopicsConfig(defaultTopic, TopicsConfig.DEFAULTS.maxTopicBytes()),
        new DrainConfig(drainAnnounce, drainWindow, drainDeadline));
  }

  private static Server serverOf(ServerConfig config) throws InvalidConfiguration {
    try {
      return new Server(config);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfiguration(e);
    }
  }

  private BrokerConfig brokerConfig(String label) {
    if (broker == null) {
      return new BrokerConfig.Local();
    }
    return new BrokerConfig.RabbitMq(
        RabbitMqConfig.of(AmqpUri.parse(broker), CLUSTER, label).withExchange(exchange), wire);
  }

  /** The URL for a client on this machine. */
  private static String urlOf(InetSocketAddress address) {
    String text = address.getAddress().getHostAddress();
    if (address.getAddress().isAnyLocalAddress()) {
      text = "localhost";
    }
    return "ws://" + (text.contains(":") ? "[" + text + "]" : text) + ":" + address.getPort();
  }
}
