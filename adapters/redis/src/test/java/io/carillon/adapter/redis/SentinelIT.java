package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.broker.BrokerState;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three sentinels, a master and a replica, all real. */
@Tag("matrix")
@Timeout(120)
final class SentinelIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Duration FAILOVER = Duration.ofSeconds(40);

  private final TestRedis cluster = new TestRedis();

  @TempDir private Path folder;

  private PrivateRedis first;
  private PrivateRedis second;
  private List<PrivateRedis> sentinels;

  /** For JUnit. */
  @SuppressWarnings("NullAway.Init") // everything is started before each test
  SentinelIT() {}

  @BeforeEach
  void startAll() {
    first = PrivateRedis.start(folder);
    second = PrivateRedis.start(folder, "replicaof 127.0.0.1 " + first.port());
    sentinels = Stream.generate(this::sentinel).limit(3).toList();
    await()
        .atMost(FAILOVER)
        .until(
            () ->
                sentinels.stream()
                    .map(one -> one.ask("sentinel", "master", "main"))
                    .allMatch(
                        known ->
                            known.contains("num-slaves\n1") && known.contains("sentinels\n2")));
  }

  private PrivateRedis sentinel() {
    return PrivateRedis.sentinel(
        folder,
        "sentinel monitor main 127.0.0.1 %d 2".formatted(first.port()),
        "sentinel down-after-milliseconds main 1000",
        "sentinel failover-timeout main 5000");
  }

  @AfterEach
  void stopAll() {
    sentinels.forEach(PrivateRedis::close);
    first.close();
    second.close();
  }

  private RedisAddress address() {
    return new RedisAddress(
        false,
        sentinels.stream().map(PrivateRedis::host).toList(),
        "main",
        Login.NONE,
        Login.NONE,
        0);
  }

  private BrokerNode join() {
    BrokerNode node = TestRedis.node(cluster.config(address()));
    node.start();
    node.subscribe(NEWS);
    return node;
  }

  private static void assertHeardBy(BrokerNode publisher, BrokerNode other, String text) {
    publisher.publishAccepted(NEWS, text);
    await().until(() -> other.texts(NEWS).contains(text));
  }

  private void awaitMaster(PrivateRedis redis) {
    await()
        .atMost(FAILOVER)
        .until(
            () -> sentinels.getLast().ask("sentinel", "get-master-addr-by-name", "main"),
            answer -> answer.endsWith("" + redis.port()));
  }

  /** One gap is reported, and the nodes hear each other at the new master. */
  private static void assertMoved(BrokerNode one, BrokerNode other) {
    for (BrokerNode node : List.of(one, other)) {
      await().atMost(FAILOVER).until(() -> node.heard().gapsBeforeUp() >= 1);
      await().atMost(FAILOVER).until(() -> node.heard().awaitStates(3).getLast() == BrokerState.UP);
    }
    assertHeardBy(one, other, "after, from one");
    assertHeardBy(other, one, "after, from the other");
  }

  @Test
  void nodesFollowTheMasterThatIsKilled() {
    try (BrokerNode one = join();
        BrokerNode other = join()) {
      assertHeardBy(one, other, "before");

      first.kill();

      awaitMaster(second);
      assertMoved(one, other);
    }
  }

  @Test
  void nodesFollowAPlannedFailover() {
    try (BrokerNode one = join();
        BrokerNode other = join()) {
      assertHeardBy(one, other, "before");

      assertThat(sentinels.getFirst().ask("sentinel", "failover", "main")).isEqualTo("OK");

      awaitMaster(second);
      assertMoved(one, other);
    }
  }

  @Test
  void aMasterThatBecomesAReplicaIsLeftThoughItCutsNobody() {
    RedisAddress alone = RedisAddress.parse("redis://127.0.0.1:" + first.port());
    sentinels.forEach(PrivateRedis::kill);
    try (BrokerNode node = TestRedis.node(cluster.config(alone))) {
      node.start();

      second.ask("replicaof", "no", "one");
      first.ask("replicaof", "127.0.0.1", "" + second.port());

      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> node.heard().awaitStates(2).contains(BrokerState.DOWN));
      first.ask("replicaof", "no", "one");
      node.heard().awaitStates(3);
      assertThat(node.heard().gaps().getFirst().reason()).contains("is a replica now");
    }
  }

  @Test
  void aSentinelThatIsGoneIsPassedOver() {
    sentinels.getFirst().kill();

    try (BrokerNode one = join();
        BrokerNode other = join()) {
      assertHeardBy(one, other, "hello");
    }
  }
}
