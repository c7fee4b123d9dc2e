package io.carillon.server.config;

import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationFile;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Setting;
import io.carillon.config.Sources;
import io.carillon.hub.HubConfig;
import io.carillon.server.ClusterConfig;
import io.carillon.server.DrainConfig;
import io.carillon.server.LogConfig;
import io.carillon.server.OperatorToken;
import io.carillon.server.PageMode;
import io.carillon.server.Parts;
import io.carillon.server.ServerConfig;
import io.carillon.server.metrics.MetricsConfig;
import io.carillon.server.transport.HttpConfig;
import io.carillon.server.transport.TlsFiles;
import io.carillon.server.transport.TransportConfig;
import java.util.List;
import java.util.Optional;

/**
 * A node's configuration, read and checked.
 *
 * @param server the server's configuration
 * @param log the log's configuration
 * @param settings every key, in the order in which people read them
 */
public record NodeConfiguration(ServerConfig server, LogConfig log, List<Setting<?>> settings) {

  /**
   * Reads and checks everything.
   *
   * @param parts the parts that the node can be made of
   * @throws InvalidConfigurationException with every problem
   */
  public static NodeConfiguration load(Parts parts, Sources sources)
      throws InvalidConfigurationException {
    NodeCatalogue catalogue = new NodeCatalogue(parts);
    Configuration values =
        catalogue.drivers().settled(ConfigurationLoader.load(catalogue.catalogue(), sources));
    return new NodeConfiguration(
        server(parts, catalogue.drivers(), values),
        new LogConfig(values.get(Settings.LOG_LEVEL), values.get(Settings.LOG_FORMAT)),
        catalogue.settings());
  }

  /** Every key's value and its source. */
  public Configuration values() {
    return server.values();
  }

  /** The effective values and their sources, as a file without secrets. */
  public String effectiveFile() {
    return ConfigurationFile.ofEffective(settings, values());
  }

  private static ServerConfig server(Parts parts, DriverChoice drivers, Configuration values) {
    return new ServerConfig(
        values.get(Settings.NODE_ID),
        values.get(Settings.THREADS),
        new ClusterConfig(
            values.get(Settings.CLUSTER_NAME),
            values.find(Settings.OPERATOR_TOKEN).map(OperatorToken::new).orElse(null)),
        drivers.of(values),
        parts.frontEnds().stream().filter(frontEnd -> frontEnd.isOn(values)).toList(),
        values,
        transport(values),
        new HubConfig(
            values.get(Settings.MAX_SUBSCRIPTIONS),
            values.get(Settings.SUBSCRIBE_TIMEOUT),
            values.get(Settings.UNBIND_LINGER),
            values.get(Settings.SHARD_QUEUE),
            HubConfig.DEFAULTS.shardQueueWait()),
        new DrainConfig(
            values.get(Settings.DRAIN_ANNOUNCE),
            values.get(Settings.DRAIN_WINDOW),
            values.get(Settings.DRAIN_DEADLINE)),
        values.get(Settings.PAGE_ENABLED) ? PageMode.SERVED : PageMode.OFF,
        values.get(Settings.PAGE_CLUSTER),
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
            values.get(HttpSettings.PATH_PREFIX), values.get(HttpSettings.KEEP_ALIVE_TIMEOUT)),
        ProxySettings.of(values),
        ClientSettings.of(values));
  }
}
