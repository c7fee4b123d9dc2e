package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Tls;
import io.carillon.adapter.nats.NatsAddress.Credentials;
import io.carillon.part.BrokerUri.Host;
import io.nats.client.Connection;
import io.nats.client.Options;
import io.nats.client.Options.HostnameResolveMode;
import io.nats.client.Options.SubjectValidationType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections as the configuration says. The client's own reconnecting, buffering and pings
 * are off: the first two would hide losses that the supervisor must know about, and echoes take the
 * place of the third. Used by the supervisor's thread.
 */
final class Connector {

  private final NatsConfig config;
  private final Environment environment;
  private final ExecutorService callbacks = new InlineExecutor();
  private final @Nullable SSLContext tls;

  /**
   * @throws io.carillon.broker.BrokerConfigurationException if TLS can't work as configured
   */
  Connector(NatsConfig config, Environment environment) {
    this.config = config;
    this.environment = environment;
    this.tls =
        config.address().tls()
            ? Tls.read(config.tls(), NatsSettings.FILES).contextWithHostNames()
            : null;
  }

  /**
   * Connects to one server. Blocks.
   *
   * @param task the name of the connection, behind the node's
   * @param events hears what happens to the connection
   */
  Connection connect(Host host, String task, LineEvents events)
      throws IOException, InterruptedException {
    try {
      return io.nats.client.Nats.connect(options(host, task, events));
    } catch (IOException e) {
      // The client's own message has no reason, or the URL.
      Exception reason = events.failure();
      throw reason == null || e instanceof io.nats.client.AuthenticationException
          ? e
          : new IOException(host + ": " + Failures.reason(reason), reason);
    }
  }

  private Options options(Host host, String task, LineEvents events) {
    Options.Builder options =
        new Options.Builder()
            .server(config.address().scheme() + "://" + host)
            .connectionName(config.node() + " (" + task + ")")
            .connectionTimeout(config.connectionTimeout())
            .noReconnect()
            .reconnectBufferSize(0)
            .pingInterval(Duration.ZERO)
            .requestCleanupInterval(Duration.ZERO)
            .ignoreDiscoveredServers()
            .hostnameResolveMode(HostnameResolveMode.HappyEyeballs)
            .subjectValidationType(SubjectValidationType.None)
            .executor(environment.executor())
            .connectExecutor(environment.executor())
            .callbackExecutor(callbacks)
            .connectionListener(events)
            .errorListener(events);
    if (tls != null) {
      options.sslContext(tls);
    }
    Credentials credentials = config.credentials();
    if (!credentials.token().isEmpty()) {
      options.token(credentials.token().toCharArray());
    } else if (!credentials.user().isEmpty()) {
      options.userInfo(credentials.user().toCharArray(), credentials.password().toCharArray());
    }
    return options.build();
  }
}
