package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Tls;
import io.carillon.adapter.nats.NatsAddress.Credentials;
import io.carillon.part.BrokerUri.Host;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Options;
import io.nats.client.Options.HostnameResolveMode;
import io.nats.client.Options.SubjectValidationType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections as the configuration says. The client's own reconnecting, buffering and pings
 * are off: the first two would hide losses that the supervisor must know about, and echoes take the
 * place of the third. Used by the supervisor's thread.
 */
final class Connector {

  /** Outlets limit what is in the client's queue. A full queue would block publishing threads. */
  private static final int UNLIMITED = Integer.MAX_VALUE;

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
            ? Tls.read(config.tls(), NatsSettings.TLS.keys()).contextWithHostNames()
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
    CompletableFuture<Connection> made = new CompletableFuture<>();
    Options options = options(host, task, events);
    environment.executor().execute(() -> connect(options, made));
    try {
      CompletableFuture.anyOf(made, events.refusal()).get();
    } catch (ExecutionException e) {
      throw failure(host, e.getCause() instanceof IOException io ? io : new IOException(e), events);
    } catch (InterruptedException e) {
      made.thenAccept(Connector::close);
      throw e;
    }
    if (made.isDone() && !made.isCompletedExceptionally()) {
      return made.join();
    }
    made.thenAccept(Connector::close);
    throw failure(host, events.refusal().join(), events);
  }

  /**
   * Completes the future. The client goes on to wait until the connection timeout when the server
   * has refused the connection, so the caller doesn't wait for this method.
   */
  private static void connect(Options options, CompletableFuture<Connection> made) {
    try {
      Connection connection = io.nats.client.Nats.connect(options);
      made.complete(connection);
    } catch (IOException | RuntimeException e) {
      made.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      made.completeExceptionally(e);
    }
  }

  /** The client's own message has no reason, or the URL. */
  private static IOException failure(Host host, IOException failure, LineEvents events) {
    Exception reason = events.failure();
    return reason == null || failure instanceof AuthenticationException
        ? failure
        : new IOException(host + ": " + Failures.reason(reason), reason);
  }

  private static void close(Connection late) {
    try {
      late.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Options options(Host host, String task, LineEvents events) throws NatsFailure {
    Options.Builder options =
        new Options.Builder()
            .server(config.address().scheme() + "://" + host)
            .connectionName(config.node() + " (" + task + ")")
            .connectionTimeout(config.connectionTimeout())
            .dataPortType(ReportingDataPort.class.getName())
            .noReconnect()
            .reconnectBufferSize(0)
            .pingInterval(Duration.ZERO)
            .requestCleanupInterval(Duration.ZERO)
            .ignoreDiscoveredServers()
            .hostnameResolveMode(HostnameResolveMode.HappyEyeballs)
            .maxMessagesInOutgoingQueue(UNLIMITED)
            .subjectValidationType(SubjectValidationType.None)
            .executor(environment.executor())
            .connectExecutor(environment.executor())
            .callbackExecutor(callbacks)
            .readListener(events)
            .connectionListener(events)
            .errorListener(events);
    if (tls != null) {
      options.sslContext(tls);
    }
    IdentityFile identity = config.identity();
    Credentials credentials = config.credentials();
    if (identity != null) {
      options.authHandler(identity.read());
    } else if (!credentials.token().isEmpty()) {
      options.token(credentials.token().toCharArray());
    } else if (!credentials.user().isEmpty()) {
      options.userInfo(credentials.user().toCharArray(), credentials.password().toCharArray());
    }
    return options.build();
  }
}
