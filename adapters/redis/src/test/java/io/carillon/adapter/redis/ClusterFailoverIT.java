package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerState;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Relay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Masters that go, and masters that fall silent. */
@Timeout(120)
final class ClusterFailoverIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Duration FAILOVER = Duration.ofSeconds(30);
  private static final Duration DETECTION = Duration.ofSeconds(10);

  @RegisterExtension
  private static final ClusterServers SERVERS = new ClusterServers(Duration.ofSeconds(2));

  private RedisConfig config;
  private BrokerNode publisher;
  private BrokerNode subscriber;

  /** For JUnit. */
  @SuppressWarnings("NullAway.Init") // the nodes are started before each test
  ClusterFailoverIT() {}

  @BeforeEach
  void start() {
    start(SERVERS.config());
  }

  private void start(RedisConfig used) {
    config = used;
    publisher = TestRedis.node(config).start();
    subscriber = TestRedis.node(config).start();
    subscriber.subscribe(NEWS);
  }

  @AfterEach
  void stop() {
    publisher.close();
    subscriber.close();
  }

  private String name() {
    return name(NEWS);
  }

  private String name(Channel channel) {
    return config.prefix() + "v1:channel:" + channel.name();
  }

  private void awaitBack() {
    for (BrokerNode node : List.of(publisher, subscriber)) {
      await().atMost(FAILOVER).until(() -> node.heard().awaitStates(3).getLast() == BrokerState.UP);
      assertThat(node.heard().gapsBeforeUp()).isPositive();
    }
  }

  /** Redis may have ended the subscription before the link was lost, so it is made again. */
  private void requireSums(Tally tally, Channel channel) throws InterruptedException {
    awaitBack();
    subscriber.subscribe(channel);
    Instant back = Instant.now();
    int before = tally.sent();
    await().until(() -> tally.sent() > before + 200);
    tally.requireSums(subscriber, back);
  }

  @Test
  void nodesFollowAMasterThatIsKilled() throws Exception {
    PrivateRedis master = SERVERS.masterOf(name());
    try (Tally tally = Tally.start(publisher, NEWS)) {
      await().until(() -> tally.sent() > 200);

      master.kill();

      await().atMost(FAILOVER).until(() -> subscriber.heard().awaitStates(3).size() >= 3);
      requireSums(tally, NEWS);
    } finally {
      master.restart();
      SERVERS.awaitHealth();
    }
  }

  /** The master has publications only, so no connection of another lane tells of its failover. */
  @Test
  @Tag("matrix")
  void nodesFollowAPlannedFailoverWhenRedisEndsTheirSubscriptions() throws Exception {
    stop();
    start(SERVERS.config().withSlotsEvery(Duration.ofHours(1)));
    PrivateRedis master = masterOfPublicationsOnly();
    Channel channel =
        ManyChannels.named(100).stream()
            .filter(one -> SERVERS.masterOf(name(one)).port() == master.port())
            .findFirst()
            .orElseThrow();
    subscriber.subscribe(channel);
    PrivateRedis replica = SERVERS.replicaOf(master);
    try (Tally tally = Tally.start(publisher, channel)) {
      await().until(() -> tally.sent() > 200);

      assertThat(replica.ask("cluster", "failover")).isEqualTo("OK");

      requireSums(tally, channel);
      assertThat(SERVERS.masterOf(name(channel)).port()).isEqualTo(replica.port());
      for (BrokerNode node : List.of(publisher, subscriber)) {
        assertThat(node.heard().gaps())
            .as("not by probes that don't come back, which takes seconds")
            .anyMatch(gap -> gap.reason().contains("the masters of the cluster have changed"));
      }
    }
    SERVERS.awaitHealth();
  }

  private PrivateRedis masterOfPublicationsOnly() {
    Set<Integer> others =
        Set.copyOf(
            Stream.of("{control}", "{bulk}")
                .map(tag -> SERVERS.masterOf(tag).port())
                .distinct()
                .toList());
    return SERVERS.masters().stream()
        .filter(master -> !others.contains(master.port()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("matrix")
  void aMasterThatCannotBeHeardIsFoundOutInTime(Relay.Side side) {
    try (Relays relays = new Relays(SERVERS.hosts());
        BrokerNode node = TestRedis.node(config.withRoute(relays::route))) {
      node.start();
      node.subscribe(NEWS);
      Relay deaf = relays.to(SERVERS.masterOf(name()).host());
      Instant before = Instant.now();

      deaf.swallow(side);

      assertThat(node.heard().awaitStates(2)).containsExactly(BrokerState.UP, BrokerState.DOWN);
      assertThat(Duration.between(before, Instant.now())).isLessThan(DETECTION);
      relays.stop();
      relays.heal();
      assertThat(node.heard().awaitStates(3)).endsWith(BrokerState.UP);
      assertThat(node.heard().gaps().getFirst().reason()).contains("has said nothing for");
      publisher.publishAccepted(NEWS, "healed");
      assertThat(node.awaitTexts(NEWS, 1)).containsExactly("healed");
    }
  }
}
