package io.carillon.adapter.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurator;
import io.carillon.adapter.kit.CallbackFailures;
import io.carillon.adapter.kit.Tls;
import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.rabbitmq.AmqpUri.Options;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections as the configuration says. The client's own recovery stays off: it would hide
 * losses that the supervisor must know about, and repeat publishes whose outcome was already
 * reported. Used by the supervisor's thread.
 */
final class Connector {

  /** The names of the files in the URI's query. */
  private static final TlsFiles.Keys FILES =
      new TlsFiles.Keys("RabbitMQ", "cacertfile", "certfile", "keyfile");

  private final ConnectionFactory factory;
  private final List<Address> addresses;
  private final String name;
  private final ExecutorService consumers;

  /**
   * @param consumers runs consumers
   * @param threads makes the client's own threads
   * @throws io.carillon.broker.BrokerConfigurationException if a file of TLS can't be used
   */
  Connector(RabbitMqConfig config, ExecutorService consumers, ThreadFactory threads) {
    AmqpUri uri = config.uri();
    Options options = uri.options();
    this.addresses = uri.hosts().stream().map(h -> new Address(h.name(), h.port())).toList();
    this.name = config.node();
    this.consumers = consumers;
    this.factory = new ConnectionFactory();
    int timeout = Math.toIntExact(config.connectionTimeout().toMillis());
    factory.setUsername(uri.user());
    factory.setPassword(uri.password());
    factory.setVirtualHost(uri.virtualHost());
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setRequestedHeartbeat(Math.toIntExact(Math.max(1, config.heartbeat().toSeconds())));
    factory.setConnectionTimeout(timeout);
    factory.setHandshakeTimeout(timeout);
    factory.setChannelRpcTimeout(timeout);
    factory.setThreadFactory(threads);
    // The last flush of a dead socket may block; it must not block the thread that gives up the
    // socket. Never shut down: connections outlast this object by a moment, and virtual threads end
    // by themselves.
    factory.setShutdownExecutor(Executors.newVirtualThreadPerTaskExecutor());
    factory.setSocketConfigurator(configurator(options));
    if (uri.tls()) {
      factory.useSslProtocol(Tls.read(options.tls(), FILES).context());
    }
  }

  /** Connects twice to the first server that answers. Blocks. */
  Connections connect() throws IOException, TimeoutException {
    CallbackFailures failures = new CallbackFailures("the AMQP client");
    factory.setExceptionHandler(new AmqpCallbackFailures(failures));
    Connection receiving = factory.newConnection(consumers, addresses, name);
    try {
      return new Connections(
          receiving,
          factory.newConnection(consumers, addresses, name + " (publishing)"),
          failures.first());
    } catch (IOException | TimeoutException | RuntimeException | Error e) {
      receiving.abort();
      throw e;
    }
  }

  private static SocketConfigurator configurator(Options options) {
    return socket -> {
      // Without it confirms and small messages would wait 40 ms for each other's TCP
      // acknowledgements.
      socket.setTcpNoDelay(true);
      if (socket instanceof SSLSocket tls) {
        verify(tls, options);
      }
    };
  }

  private static void verify(SSLSocket socket, Options options) {
    SSLParameters parameters = socket.getSSLParameters();
    if (options.tls().verification() == Verification.FULL) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    String serverName = options.serverName();
    if (serverName != null) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
    }
    socket.setSSLParameters(parameters);
  }
}
