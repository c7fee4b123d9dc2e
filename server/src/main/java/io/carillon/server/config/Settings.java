package io.carillon.server.config;

import io.carillon.config.Formats;
import io.carillon.config.SecretFormats;
import io.carillon.config.Setting;
import io.carillon.hub.HubConfig;
import io.carillon.server.ClusterConfig;
import io.carillon.server.DrainConfig;
import io.carillon.server.LogConfig;
import io.carillon.server.OperatorToken;
import io.carillon.server.PageCluster;
import io.carillon.server.metrics.MetricsConfig;
import io.carillon.server.transport.IoBackend;
import io.carillon.server.transport.TransportConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The node's own keys; those of brokers and protocols are declared by their parts. */
public final class Settings {

  private static final Duration NONE = Duration.ZERO;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final int MAX_PORT = 65_535;
  private static final int ANY = Integer.MAX_VALUE;
  private static final long MAX_SIZE = 1L << 30;
  private static final String NO_ADDRESS = "is no address of this machine";

  // The node.

  public static final Setting<String> HOST =
      Setting.of("host", Formats.text("an address of this machine"))
          .defaultsTo(TransportConfig.DEFAULTS.host())
          .variable("HOST")
          .ignoredWhere(host -> !ListenVariables.isHere(host), NO_ADDRESS)
          .flag("--host")
          .inHelp()
          .says("The address to listen on; 0.0.0.0 accepts connections from other machines.");

  public static final Setting<Integer> PORT =
      Setting.of("port", Formats.wholeNumber(0, MAX_PORT))
          .defaultsTo(TransportConfig.DEFAULTS.port())
          .variable("PORT")
          .flag("--port")
          .inHelp()
          .says("The port to listen on; 0 takes any free port.");

  public static final Setting<String> NODE_ID =
      Setting.of("node_id", Formats.text("a label"))
          .defaultsTo("random", () -> UUID.randomUUID().toString())
          .variable("NODE_ID")
          .flag("--node-id")
          .inHelp()
          .says("The node's label in logs, in metrics and in the broker's list of connections.");

  public static final Setting<Integer> THREADS =
      Setting.of("threads", Formats.wholeNumber(1, 1_024))
          .defaultsTo("one per processor", Runtime.getRuntime()::availableProcessors)
          .flag("--threads")
          .says("The number of event loops.");

  static final Setting<IoBackend> TRANSPORT_IO =
      Setting.of("transport.io", Formats.oneOf(IoBackend.class))
          .defaultsTo(IoBackend.AUTO)
          .says(
              "How sockets are read and written. auto is the fastest way that the platform",
              "has. epoll (Linux) and nio avoid its short cuts, if you ever doubt them.");

  public static final Setting<LogConfig.Level> LOG_LEVEL =
      Setting.of("log.level", Formats.oneOf(LogConfig.Level.class))
          .defaultsTo(LogConfig.DEFAULTS.level())
          .flag("--log-level")
          .inHelp()
          .says(
              "The amount of the log. info logs the node's life,",
              "debug also clients and bindings, trace also messages.");

  public static final Setting<LogConfig.Format> LOG_FORMAT =
      Setting.of("log.format", Formats.oneOf(LogConfig.Format.class))
          .defaultsTo(LogConfig.DEFAULTS.format())
          .flag("--log-format")
          .inHelp()
          .says(
              "The format of the log, on standard error. text is",
              "for people; json is for machines, one object a line.");

  // TLS for its clients.

  static final Setting<Path> TLS_CERTIFICATE =
      Setting.of("tls.certificate", Formats.file())
          .says(
              "The listener's certificate and its chain up to the authority, in PEM form. With",
              "it clients connect by wss://. The node reads new content without a restart.");

  static final Setting<Path> TLS_KEY =
      Setting.of("tls.key", Formats.file()).says("The certificate's private key, in PEM form.");

  static final Setting<String> TLS_KEY_PASSWORD =
      Setting.of("tls.key_password", SecretFormats.text("a password"))
          .secret()
          .says("The key's password, if the key is encrypted (PKCS#8).");

  // The other nodes.

  public static final Setting<String> CLUSTER_NAME =
      Setting.of(
              "cluster.name",
              Formats.made(
                  ClusterConfig.EXPECTED_NAME,
                  text -> new ClusterConfig(text, null).name(),
                  Function.identity()))
          .defaultsTo(ClusterConfig.DEFAULTS.name())
          .says(
              "The cluster that this node belongs to. Nodes that share a broker and have other"
                  + " names",
              "ignore each other.");

  public static final Setting<String> OPERATOR_TOKEN =
      Setting.of("cluster.operator_token", SecretFormats.secret(OperatorToken.LEAST_BYTES))
          .secret()
          .says(
              "With this token `carillon nodes` shows the cluster as this node sees it, and",
              "`carillon drain` makes the node leave, at /nodes and /drain on the metrics' port.",
              "Without it nobody may.");

  // The connection to other nodes.

  static final Setting<Duration> SUBSCRIBE_TIMEOUT =
      Setting.of("adapter.subscribe_timeout", Formats.duration(SHORTEST))
          .defaultsTo(HubConfig.DEFAULTS.subscribeTimeout())
          .says("How long a subscribe waits for the broker's answer before it is refused.");

  static final Setting<Duration> UNBIND_LINGER =
      Setting.of("adapter.unbind_linger", Formats.duration(NONE))
          .defaultsTo(HubConfig.DEFAULTS.unbindLinger())
          .flag("--unbind-linger")
          .says(
              "How long a channel without subscribers stays",
              "bound, for subscribers that come back.");

  // Limits on clients.

  static final Setting<Integer> MAX_CONNECTIONS =
      Setting.of("limits.max_connections", Formats.wholeNumber(1, ANY))
          .defaultsTo(TransportConfig.DEFAULTS.maxConnections())
          .flag("--max-connections")
          .says("The most clients of this node. Further clients get 503 and may try another node.");

  static final Setting<Long> MAX_MESSAGE =
      Setting.of("limits.max_message", Formats.size(125, MAX_SIZE))
          .defaultsTo((long) TransportConfig.DEFAULTS.maxMessageBytes())
          .flag("--max-message")
          .says("The longest message of a client; a longer message closes its connection (1009).");

  static final Setting<Integer> MAX_SUBSCRIPTIONS =
      Setting.of("limits.max_subscriptions", Formats.wholeNumber(1, ANY))
          .defaultsTo(HubConfig.DEFAULTS.maxSubscriptions())
          .says("The most subscriptions of one connection.");

  static final Setting<Long> MAX_OUTBOUND =
      Setting.of("limits.max_outbound", Formats.size(1 << 12, MAX_SIZE))
          .defaultsTo((long) TransportConfig.DEFAULTS.maxOutboundBytes())
          .says(
              "The most bytes that may wait for one client that",
              "reads slowly. Beyond this limit the client is closed.");

  static final Setting<Long> MAX_TOTAL_OUTBOUND =
      Setting.of("limits.max_total_outbound", Formats.size(1 << 20, 1L << 40))
          .defaultsTo(
              "a quarter of the heap, at least 64MiB",
              TransportConfig.DEFAULTS::maxTotalOutboundBytes)
          .says(
              "The most bytes that may wait for all clients together. Beyond this",
              "limit the node closes the clients for which more than 64KiB wait.");

  static final Setting<Duration> HANDSHAKE_TIMEOUT =
      Setting.of("limits.handshake_timeout", Formats.duration(SHORTEST))
          .defaultsTo(TransportConfig.DEFAULTS.handshakeTimeout())
          .says("How long a connection may take to become a WebSocket or to send a request.");

  static final Setting<Duration> HEARTBEAT =
      Setting.of("limits.heartbeat", Formats.duration(SHORTEST))
          .defaultsTo(TransportConfig.DEFAULTS.heartbeat())
          .flag("--heartbeat")
          .says(
              "How often clients are pinged. A client that",
              "stays silent for as long again is dead.");

  static final Setting<Long> SHARD_QUEUE =
      Setting.of("limits.shard_queue", Formats.size(1 << 16, MAX_SIZE))
          .defaultsTo(HubConfig.DEFAULTS.shardQueueBytes())
          .says(
              "The most bytes of messages that may wait for one event loop. Beyond",
              "this limit messages are dropped, and the node reports a gap.");

  // The end of a node.

  static final Setting<Duration> DRAIN_ANNOUNCE =
      Setting.of("drain.announce", Formats.duration(NONE))
          .defaultsTo(DrainConfig.DEFAULTS.announce())
          .flag("--drain-announce")
          .says("How long a stopping node tells only balancers, before it tells its clients.");

  static final Setting<Duration> DRAIN_WINDOW =
      Setting.of("drain.window", Formats.duration(NONE))
          .defaultsTo(DrainConfig.DEFAULTS.window())
          .flag("--drain-window")
          .says("The time over which a stopping node then tells its clients to reconnect.");

  static final Setting<Duration> DRAIN_DEADLINE =
      Setting.of("drain.deadline", Formats.duration(NONE))
          .defaultsTo(DrainConfig.DEFAULTS.deadline())
          .flag("--drain-deadline")
          .says(
              "When a stopping process ends, even if connections",
              "are left. At least announce + window + 2500ms.");

  // The page for browsers.

  static final Setting<Boolean> PAGE_ENABLED =
      Setting.of("page.enabled", Formats.flag())
          .defaultsTo(true)
          .says("Whether browsers get a page at / to try this node, and its node_id at /node.");

  static final Setting<PageCluster> PAGE_CLUSTER =
      Setting.of("page.cluster", Formats.oneOf(PageCluster.class))
          .defaultsTo(PageCluster.NODES)
          .says(
              "What the page shows of the cluster, to everybody who reaches the page. nodes:"
                  + " labels,",
              "versions, phases, last heartbeats. figures: also channels, subscriptions and"
                  + " members.");

  // Metrics.

  static final Setting<Boolean> METRICS_ENABLED =
      Setting.of("metrics.enabled", Formats.flag())
          .defaultsTo(false)
          .variable("METRICS_ENABLED")
          .says(
              "Whether this node serves metrics for",
              "Prometheus, at /metrics on a port of their own.");

  static final Setting<String> METRICS_HOST =
      Setting.of("metrics.host", Formats.text("an address of this machine"))
          .defaultsTo(MetricsConfig.Prometheus.DEFAULTS.host())
          .variable("METRICS_HOST")
          .turnedOnBy(METRICS_ENABLED)
          .ignoredWhere(host -> !ListenVariables.isHere(host), NO_ADDRESS)
          .says(
              "The address to listen on for metrics. Only",
              "the operator of the node should reach it.");

  static final Setting<Integer> METRICS_PORT =
      Setting.of("metrics.port", Formats.wholeNumber(0, MAX_PORT))
          .defaultsTo(MetricsConfig.Prometheus.DEFAULTS.port())
          .variable("METRICS_PORT")
          .turnedOnBy(METRICS_ENABLED)
          .says(
              "The port to listen on for metrics; 0 takes any free port, and the log has its",
              "number. If the port is taken, the node logs an error and runs without metrics.");

  static final Setting<String> METRICS_PREFIX =
      Setting.of(
              "metrics.prefix",
              Formats.made(
                  "letters, digits and _, a letter first",
                  text -> new MetricsConfig.Prometheus("", 0, text).prefix(),
                  Function.identity()))
          .defaultsTo(MetricsConfig.Prometheus.DEFAULTS.prefix())
          .variable("METRICS_PROMETHEUS_PREFIX")
          .turnedOnBy(METRICS_ENABLED)
          .says("The prefix of the names of metrics.");

  /** Those that stand before the parts', in the order in which people read them. */
  static final List<Setting<?>> FIRST =
      List.of(
          HOST,
          PORT,
          HttpSettings.PATH_PREFIX,
          NODE_ID,
          THREADS,
          TRANSPORT_IO,
          LOG_LEVEL,
          LOG_FORMAT,
          TLS_CERTIFICATE,
          TLS_KEY,
          TLS_KEY_PASSWORD,
          ProxySettings.TRUSTED,
          ProxySettings.HOPS,
          ProxySettings.HEADER,
          ProxySettings.PROTOCOL,
          CLUSTER_NAME,
          OPERATOR_TOKEN);

  /** Those of any broker. */
  static final List<Setting<?>> ADAPTER = List.of(SUBSCRIBE_TIMEOUT, UNBIND_LINGER);

  /** Those that stand behind the parts'. */
  static final List<Setting<?>> LAST =
      List.of(
          MAX_CONNECTIONS,
          ClientSettings.MAX_CONNECTIONS_PER_ADDRESS,
          ClientSettings.HANDSHAKES_PER_SECOND,
          ClientSettings.MAX_CONNECTION_AGE,
          MAX_MESSAGE,
          MAX_SUBSCRIPTIONS,
          MAX_OUTBOUND,
          MAX_TOTAL_OUTBOUND,
          HANDSHAKE_TIMEOUT,
          HttpSettings.KEEP_ALIVE_TIMEOUT,
          HttpSettings.MAX_REQUEST_LINE,
          HttpSettings.MAX_HEADERS,
          HEARTBEAT,
          SHARD_QUEUE,
          DRAIN_ANNOUNCE,
          DRAIN_WINDOW,
          DRAIN_DEADLINE,
          PAGE_ENABLED,
          PAGE_CLUSTER,
          METRICS_ENABLED,
          METRICS_HOST,
          METRICS_PORT,
          METRICS_PREFIX);

  private Settings() {}
}
