package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.carillon.adapter.kit.TlsFiles;
import io.carillon.adapter.kit.TlsFiles.Verification;
import io.carillon.adapter.redis.ClusterServers.Doors;
import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.BrokerState;
import io.carillon.message.Channel;
import io.carillon.part.BrokerUri.Host;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A cluster of Redis in which everything goes over TLS, with certificates on both sides, and in
 * which a node's user has the permissions that are documented and no others.
 */
@Timeout(120)
@Tag("matrix")
final class ClusterTlsIT {

  private static final Channel NEWS = Channel.ofTopic("news");

  /** So many that each master has some of them. */
  private static final List<Channel> MANY =
      IntStream.range(0, 50).mapToObj(i -> Channel.ofTopic("channel-" + i)).toList();

  @RegisterExtension
  private static final ClusterServers SERVERS =
      new ClusterServers(Duration.ofSeconds(2), Doors.GUARDED);

  private static RedisConfig config(PubSub pubSub) {
    RedisConfig config = SERVERS.config();
    return switch (pubSub) {
      case SHARDED -> config;
      case CLASSIC -> as(SERVERS.guard().classic(), config).withPubSub(PubSub.CLASSIC);
    };
  }

  private static RedisConfig as(Login login, RedisConfig config) {
    return config.withAddress(RedisAddress.ofCluster(true, SERVERS.hosts(), login));
  }

  private static void requireHeard(BrokerNode from, BrokerNode to, String text) {
    for (Channel channel : MANY) {
      from.publishAccepted(channel, text);
    }
    for (Channel channel : MANY) {
      await().until(() -> to.texts(channel).contains(text));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nodesWithCertificatesAndTheDocumentedUserMeetAtAllMasters(PubSub pubSub) throws Exception {
    RedisConfig config = config(pubSub);
    try (BrokerNode publisher = TestRedis.node(config).start();
        BrokerNode subscriber = TestRedis.node(config).start()) {
      subscriber.subscribe(MANY);
      requireHeard(publisher, subscriber, "hello");
      BrokerNode.await(publisher.control(subscriber.incarnation(), "snapshot", ""));
      BrokerNode.await(publisher.bulk(subscriber.incarnation(), "snapshot", ""));
      subscriber.heard().awaitControls(1);
      subscriber.heard().awaitBulk(1);
    }
    assertThat(RedisTrial.run(config, TestRedis.context()).toString())
        .contains("connected to 3 masters of the cluster, subscribed, published and heard it");
  }

  @Test
  void nodesFollowASlotAndAFailoverOverTls() {
    RedisConfig config = config(PubSub.SHARDED).withSlotsEvery(Duration.ofMinutes(10));
    String name = config.prefix() + "v1:channel:news";
    try (BrokerNode publisher = TestRedis.node(config).start();
        BrokerNode subscriber = TestRedis.node(config).start()) {
      subscriber.subscribe(MANY);
      subscriber.subscribe(NEWS);

      SERVERS.move(name, SERVERS.otherMaster(name));

      await().until(() -> subscriber.heard().lost().contains(NEWS));
      subscriber.subscribe(NEWS);
      publisher.publishAccepted(NEWS, "moved");
      assertThat(subscriber.awaitTexts(NEWS, 1)).containsExactly("moved");
      assertThat(publisher.heard().awaitStates(1)).containsExactly(BrokerState.UP);

      PrivateRedis replica = SERVERS.replicaOf(SERVERS.masterOf(name));
      assertThat(replica.ask("cluster", "failover")).isEqualTo("OK");

      for (BrokerNode node : List.of(publisher, subscriber)) {
        assertThat(node.heard().awaitStates(3)).endsWith(BrokerState.UP);
      }
      requireHeard(publisher, subscriber, "failed over");
    }
    SERVERS.awaitHealth();
  }

  @Test
  void nodesConnectToTheHostNamesThatTheClusterPrefers() {
    SERVERS
        .all()
        .forEach(
            server -> {
              server.ask("config", "set", "cluster-announce-hostname", "localhost");
              server.ask("config", "set", "cluster-preferred-endpoint-type", "hostname");
            });
    try {
      Set<Host> reached = ConcurrentHashMap.newKeySet();
      RedisConfig config =
          config(PubSub.SHARDED)
              .withRoute(
                  host -> {
                    reached.add(host);
                    return host;
                  });
      await()
          .until(() -> SERVERS.masters().getFirst().ask("cluster", "slots").contains("localhost"));
      try (BrokerNode node = TestRedis.node(config).start()) {
        node.subscribe(MANY);
        requireHeard(node, node, "by name");
        assertThat(reached).filteredOn(host -> host.name().equals("localhost")).hasSize(3);
      }
    } finally {
      SERVERS
          .all()
          .forEach(server -> server.ask("config", "set", "cluster-preferred-endpoint-type", "ip"));
    }
  }

  @Test
  void aNodeWithoutACertificateOrWithAWrongPasswordIsTold() {
    RedisConfig config = config(PubSub.SHARDED);
    TlsFiles files = SERVERS.guard().files();

    assertThat(refusal(config.withTls(new TlsFiles(files.ca(), null, null, Verification.FULL))))
        .contains("the server refuses this node's TLS certificate")
        .contains("database.redis.tls.client_cert_path and client_key_path");
    assertThat(
            refusal(
                config.withTls(
                    new TlsFiles(null, files.certificate(), files.key(), Verification.FULL))))
        .contains("the server's TLS certificate is not accepted");
    assertThat(refusal(as(new Login("carillon", "wrong-secret"), config)))
        .startsWith("Redis: wrong credentials for user \"carillon\"")
        .doesNotContain("wrong-secret");
    assertThat(refusal(as(SERVERS.guard().classic(), config)))
        .contains("user \"classic\" may not do what a node does");
  }

  private static String refusal(RedisConfig config) {
    try (BrokerNode node = TestRedis.node(config)) {
      Throwable failure =
          catchThrowable(() -> node.begin().toCompletableFuture().join()).getCause();
      assertThat(failure).isInstanceOf(BrokerConfigurationException.class);
      return String.valueOf(failure.getMessage());
    }
  }
}
