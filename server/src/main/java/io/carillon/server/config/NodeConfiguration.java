package io.carillon.server.config;

import io.carillon.adapter.rabbitmq.AmqpUri;
import io.carillon.adapter.rabbitmq.RabbitMqConfig;
import io.carillon.auth.AllowedOrigins;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationFile;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.hub.HubConfig;
import io.carillon.message.Channel;
import io.carillon.protocol.pusher.PusherConfig;
import io.carillon.protocol.topics.PublishKeys;
import io.carillon.protocol.topics.TopicsConfig;
import io.carillon.server.BrokerConfig;
import io.carillon.server.DrainConfig;
import io.carillon.server.LogConfig;
import io.carillon.server.PageMode;
import io.carillon.server.ServerConfig;
import io.carillon.server.auth.AccessConfig;
import io.carillon.server.auth.TokenConfig;
import io.carillon.server.auth.VerificationKeys;
import io.carillon.server.metrics.MetricsConfig;
import io.carillon.server.transport.HttpConfig;
import io.carillon.server.transport.TlsFiles;
import io.carillon.server.transport.TransportConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node's configuration, read and checked.
 *
 * @param server what the server is built from
 * @param log what is logged
 * @param values every key's value and where it was given
 */
public record NodeConfiguration(ServerConfig server, LogConfig log, Configuration values) {

  /** The cluster's name in every envelope; nodes that share a vhost and an exchange are one. */
  private static final String CLUSTER = "carillon";

  /**
   * Reads and checks everything.
   *
   * @throws InvalidConfigurationException with every problem that there is
   */
  public static NodeConfiguration load(Sources sources) throws InvalidConfigurationException {
    Configuration values = Rules.settled(ConfigurationLoader.load(NodeCatalogue.make(), sources));
    LogConfig log = new LogConfig(values.get(Settings.LOG_LEVEL), values.get(Settings.LOG_FORMAT));
    return new NodeConfiguration(server(values), log, values);
  }

  /** What is in effect and where it was given, as a file without secrets. */
  public String effectiveFile() {
    return ConfigurationFile.ofEffective(NodeCatalogue.settings(), values);
  }

  private static ServerConfig server(Configuration values) {
    return new ServerConfig(
        values.get(Settings.NODE_ID),
        values.get(Settings.THREADS),
        broker(values),
        transport(values),
        new HubConfig(
            values.get(Settings.MAX_SUBSCRIPTIONS),
            values.get(Settings.SUBSCRIBE_TIMEOUT),
            values.get(Settings.UNBIND_LINGER),
            values.get(Settings.SHARD_QUEUE),
            HubConfig.DEFAULTS.shardQueueWait()),
        new TopicsConfig(
            values.get(Settings.DEFAULT_TOPIC),
            values.get(Settings.MAX_TOPIC_BYTES),
            values.find(PusherSettings.TOPICS_APP).orElse(Channel.NO_APP)),
        pusher(values),
        access(values),
        new DrainConfig(
            values.get(Settings.DRAIN_ANNOUNCE),
            values.get(Settings.DRAIN_WINDOW),
            values.get(Settings.DRAIN_DEADLINE)),
        values.get(Settings.PAGE_ENABLED) ? PageMode.SERVED : PageMode.OFF,
        metrics(values),
        tls(values).orElse(null));
  }

  private static MetricsConfig metrics(Configuration values) {
    return values.get(Settings.METRICS_ENABLED)
        ? new MetricsConfig.Prometheus(
            values.get(Settings.METRICS_HOST),
            values.get(Settings.METRICS_PORT),
            values.get(Settings.METRICS_PREFIX))
        : new MetricsConfig.Off();
  }

  private static PusherConfig pusher(Configuration values) {
    return new PusherConfig(
        Apps.of(values),
        values.get(PusherSettings.ACTIVITY_TIMEOUT),
        switch (values.get(PusherSettings.CACHE_DRIVER)) {
          case NONE -> new PusherConfig.Cache.None();
          case MEMORY ->
              new PusherConfig.Cache.Memory(
                  values.get(PusherSettings.CACHE_TTL), values.get(PusherSettings.CACHE_BYTES));
        },
        values.find(PusherSettings.PAGE_APP).orElse(null));
  }

  private static AccessConfig access(Configuration values) {
    TokenConfig tokens =
        new TokenConfig(
            values.find(Settings.AUTH_HS256_SECRET).orElse(null),
            values.find(Settings.AUTH_RS256_KEY).map(VerificationKeys::read).orElse(List.of()),
            values.find(Settings.AUTH_ISSUER).orElse(null),
            values.find(Settings.AUTH_AUDIENCE).orElse(null));
    return new AccessConfig(
        tokens,
        values.isGiven(Settings.ALLOWED_ORIGINS)
            ? new AllowedOrigins.Only(Set.copyOf(values.get(Settings.ALLOWED_ORIGINS)))
            : AllowedOrigins.ANY,
        PublishKeys.of(values.find(Settings.PUBLISH_KEYS).orElse(List.of())));
  }

  private static Optional<TlsFiles> tls(Configuration values) {
    return values
        .find(Settings.TLS_CERTIFICATE)
        .map(
            certificate ->
                new TlsFiles(
                    certificate,
                    values.get(Settings.TLS_KEY),
                    values.find(Settings.TLS_KEY_PASSWORD).orElse(null)));
  }

  private static TransportConfig transport(Configuration values) {
    TransportConfig defaults = TransportConfig.DEFAULTS;
    int maxMessage = Math.toIntExact(values.get(Settings.MAX_MESSAGE));
    return new TransportConfig(
        values.get(Settings.HOST),
        values.get(Settings.PORT),
        values.get(Settings.MAX_CONNECTIONS),
        maxMessage,
        maxMessage,
        Math.toIntExact(values.get(Settings.MAX_OUTBOUND)),
        values.get(Settings.MAX_TOTAL_OUTBOUND),
        Math.toIntExact(values.get(HttpSettings.MAX_REQUEST_LINE)),
        Math.toIntExact(values.get(HttpSettings.MAX_HEADERS)),
        values.get(Settings.HANDSHAKE_TIMEOUT),
        values.get(Settings.HEARTBEAT),
        defaults.closeTimeout(),
        values.get(Settings.TRANSPORT_IO),
        new HttpConfig(
            values.get(HttpSettings.PATH_PREFIX), values.get(HttpSettings.KEEP_ALIVE_TIMEOUT)));
  }

  private static BrokerConfig broker(Configuration values) {
    return switch (Rules.driver(values)) {
      case LOCAL -> new BrokerConfig.Local();
      case RABBITMQ ->
          new BrokerConfig.RabbitMq(
              rabbitMq(values, values.get(Settings.RABBITMQ_URL)),
              values.get(Settings.RABBITMQ_WIRE));
    };
  }

  private static RabbitMqConfig rabbitMq(Configuration values, AmqpUri uri) {
    return RabbitMqConfig.of(uri, CLUSTER, values.get(Settings.NODE_ID))
        .withExchange(values.get(Settings.RABBITMQ_EXCHANGE))
        .withQueue(values.get(Settings.RABBITMQ_PREFETCH), values.get(Settings.RABBITMQ_QUEUE));
  }
}
