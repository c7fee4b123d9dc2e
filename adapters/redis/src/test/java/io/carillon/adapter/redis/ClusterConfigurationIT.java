package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logging in to a cluster of one server, and what is said where that can't work. */
@Timeout(60)
final class ClusterConfigurationIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final String COMMON =
      " on >pass resetkeys resetchannels &carillon:* -@all +hello +auth +ping +cluster|slots"
          + " +client|setname";

  @TempDir private Path folder;

  private PrivateRedis cluster(String... lines) {
    String[] all = List.of(lines).toArray(new String[lines.length + 1]);
    all[lines.length] = "cluster-enabled yes";
    PrivateRedis server = PrivateRedis.start(folder, all);
    server.ask("cluster", "addslotsrange", "0", "16383");
    await().until(() -> server.ask("cluster", "info").contains("cluster_state:ok"));
    return server;
  }

  private static RedisConfig config(PrivateRedis server, Login login) {
    return RedisConfig.of(RedisAddress.ofCluster(false, List.of(server.host()), login), "c", "n");
  }

  private static void assertWorks(RedisConfig config) throws IOException {
    try (BrokerNode node = TestRedis.node(config)) {
      node.start();
      node.subscribe(NEWS);
      node.publishAccepted(NEWS, "hello");
      assertThat(node.awaitTexts(NEWS, 1)).containsExactly("hello");
    }
    assertThat(RedisTrial.run(config, TestRedis.context()).toString())
        .contains("connected to 1 masters of the cluster, subscribed, published and heard it");
  }

  /** A node doesn't start, and says why; so does the doctor. */
  private static String refusal(RedisConfig config) {
    try (BrokerNode node = TestRedis.node(config)) {
      Throwable failure =
          catchThrowable(() -> node.begin().toCompletableFuture().join()).getCause();
      assertThat(failure).isInstanceOf(BrokerConfigurationException.class);
      assertThat(catchThrowable(() -> RedisTrial.run(config, TestRedis.context())))
          .isInstanceOf(BrokerConfigurationException.class)
          .hasMessage(failure.getMessage());
      return String.valueOf(failure.getMessage());
    }
  }

  @Test
  void aUserWithTheDocumentedPermissionsIsEnoughAndOneWithFewerIsTold() throws IOException {
    try (PrivateRedis server =
        cluster(
            "user sharded" + COMMON + " +ssubscribe +sunsubscribe +spublish +pubsub|shardnumsub",
            "user classic" + COMMON + " +subscribe +unsubscribe +publish +pubsub|numsub",
            "user few" + COMMON)) {
      assertWorks(config(server, new Login("sharded", "pass")));
      assertWorks(config(server, new Login("classic", "pass")).withPubSub(PubSub.CLASSIC));
      for (String other : List.of("few", "classic")) {
        assertThat(refusal(config(server, new Login(other, "pass"))))
            .contains("user \"%s\" may not do what a node does".formatted(other));
      }
      assertThat(refusal(config(server, new Login("sharded", "wrong-secret"))))
          .startsWith("Redis: wrong credentials for user \"sharded\"")
          .doesNotContain("wrong-secret");
    }
  }

  @Test
  void aServerThatIsNoClusterIsRefused() {
    try (PrivateRedis server = PrivateRedis.start(folder)) {
      assertThat(refusal(config(server, Login.NONE))).contains("this Redis is no cluster");
    }
  }

  @Test
  void aClusterWithoutSomeSlotsIsWaitedFor() {
    try (PrivateRedis server = PrivateRedis.start(folder, "cluster-enabled yes")) {
      server.ask("cluster", "addslotsrange", "0", "16000");

      assertThat(
              catchThrowable(() -> RedisTrial.run(config(server, Login.NONE), TestRedis.context())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("slot 16001 of the cluster has no master");
    }
  }
}
