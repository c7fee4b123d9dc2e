package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Tls;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.part.BrokerUri.Host;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.ThreadFactoryProvider;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections as the configuration says. Lettuce's own reconnecting, buffering and replay are
 * off: they would hide losses that the supervisor must know about, and repeat publishes whose
 * outcome was already reported.
 *
 * <p>The thread that reads a subscriber runs this node's listener, which may block for a moment. So
 * each lane's subscriber has a thread of its own, and the threads that read answers run no
 * listener.
 *
 * <p>Outlives links. Used by the supervisor's thread; the sentinels' connections are also opened by
 * the timer's.
 */
final class Clients implements AutoCloseable {

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  /** How many threads serve the connections that publish. */
  private static final int SENDING_THREADS = 2;

  private final RedisConfig config;
  private final RedisClient sending;
  private final Map<Lane, RedisClient> receiving = new EnumMap<>(Lane.class);

  /**
   * @throws io.carillon.broker.BrokerConfigurationException if a file of TLS can't be used
   */
  Clients(RedisConfig config, Environment environment) {
    this.config = config;
    ClientOptions options = options(config);
    ClientResources resources =
        ClientResources.builder()
            .threadFactoryProvider(_ -> environment.threads("driver"))
            .eventLoopGroupProvider(loops(SENDING_THREADS, environment, "io"))
            .build();
    sending = RedisClient.create(resources);
    sending.setOptions(options);
    for (Lane lane : Lane.values()) {
      String task = "receive-" + lane.name().toLowerCase(Locale.ROOT);
      RedisClient client =
          RedisClient.create(
              resources.mutate().eventLoopGroupProvider(loops(1, environment, task)).build());
      client.setOptions(options);
      receiving.put(lane, client);
    }
  }

  private static DefaultEventLoopGroupProvider loops(
      int threads, Environment environment, String task) {
    ThreadFactoryProvider names = _ -> environment.threads(task);
    return new DefaultEventLoopGroupProvider(threads, names);
  }

  private static ClientOptions options(RedisConfig config) {
    ClientOptions.Builder options =
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .timeoutOptions(TimeoutOptions.create())
            .socketOptions(SocketOptions.builder().connectTimeout(config.timeout()).build());
    if (config.address().tls()) {
      options.sslOptions(
          ssl(Tls.read(config.tls(), RedisSettings.TLS_FILES.keys()), config.timeout()));
    }
    return options.build();
  }

  private static SslOptions ssl(Tls tls, Duration timeout) {
    SslOptions.Builder ssl =
        SslOptions.builder().jdkSslProvider().handshakeTimeout(timeout).trustManager(tls.trust());
    KeyManagerFactory keys = tls.keys();
    if (keys != null) {
      ssl.keyManager(keys);
    }
    return ssl.build();
  }

  /** Connects to publish. Completes exceptionally when that fails. */
  CompletableFuture<StatefulRedisConnection<String, byte[]>> publisher(Host host, String name) {
    return sending.connectAsync(CODEC, uri(host, name)).toCompletableFuture();
  }

  /** Connects to receive on a lane. Completes exceptionally when that fails. */
  CompletableFuture<StatefulRedisPubSubConnection<String, byte[]>> subscriber(
      Lane lane, Host host, String name) {
    RedisClient client = Objects.requireNonNull(receiving.get(lane));
    return client.connectPubSubAsync(CODEC, uri(host, name)).toCompletableFuture();
  }

  /** Connects to a sentinel. Blocks. */
  StatefulRedisSentinelConnection<String, String> sentinel(Host host) {
    return sending.connectSentinel(
        StringCodec.UTF8, uri(host, config.address().sentinelLogin(), 0).build());
  }

  private RedisURI uri(Host host, String name) {
    RedisAddress address = config.address();
    return uri(host, address.login(), address.database()).withClientName(clientName(name)).build();
  }

  private RedisURI.Builder uri(Host host, Login login, int database) {
    Host at = config.route().apply(host);
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(at.name())
            .withPort(at.port())
            .withDatabase(database)
            .withSsl(config.address().tls())
            .withVerifyPeer(mode(config.tls().verification()))
            .withTimeout(config.timeout());
    @Nullable String user = login.user();
    @Nullable String password = login.password();
    if (password != null) {
      if (user == null) {
        uri.withPassword(password.toCharArray());
      } else {
        uri.withAuthentication(user, password.toCharArray());
      }
    }
    return uri;
  }

  private static SslVerifyMode mode(Verification verification) {
    return switch (verification) {
      case FULL -> SslVerifyMode.FULL;
      case CA -> SslVerifyMode.CA;
      case NONE -> SslVerifyMode.NONE;
    };
  }

  /** Redis accepts printable ASCII without spaces. */
  private String clientName(String name) {
    return (config.node() + "/" + name).replaceAll("[^!-~]", "_");
  }

  /** Ends all threads, and waits for none. */
  @Override
  public void close() {
    receiving.values().forEach(Clients::end);
    end(sending);
  }

  private static void end(RedisClient client) {
    ClientResources resources = client.getResources();
    client
        .shutdownAsync(0, 1, TimeUnit.SECONDS)
        .whenComplete(
            (_, _) -> {
              resources.shutdown(0, 1, TimeUnit.SECONDS);
              // It was given to the resources, which leave it alone.
              resources.eventLoopGroupProvider().shutdown(0, 1, TimeUnit.SECONDS);
            });
  }
}
