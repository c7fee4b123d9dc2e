package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.BrokerState;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Slots that move between the masters of a cluster while nodes use them. */
@Timeout(120)
final class SlotMigrationIT {

  private static final Channel NEWS = Channel.ofTopic("news");

  @RegisterExtension private static final ClusterServers SERVERS = new ClusterServers();

  private RedisConfig config;
  private BrokerNode publisher;
  private BrokerNode subscriber;

  /** For JUnit. */
  @SuppressWarnings("NullAway.Init") // the nodes are started before each test
  SlotMigrationIT() {}

  @BeforeEach
  void start() {
    start(PubSub.SHARDED);
  }

  /**
   * With sharded pub/sub nodes don't ask for the slots, so that only Redis tells what has moved.
   */
  private void start(PubSub pubSub) {
    RedisConfig common = SERVERS.config().withPubSub(pubSub);
    config =
        switch (pubSub) {
          case SHARDED -> common.withSlotsEvery(Duration.ofHours(1));
          case CLASSIC -> common;
        };
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
    return config.prefix() + "v1:channel:news";
  }

  /** Subscribes again to a channel that is lost, as the hub does. */
  private static Instant subscribeAgain(BrokerNode node) {
    await().atMost(Duration.ofSeconds(10)).until(() -> node.heard().lost().contains(NEWS));
    node.subscribe(NEWS);
    return Instant.now();
  }

  @Test
  void aSlotThatMovesIsAGapOfItsChannelsAndNothingIsLostAfterwards() throws Exception {
    Channel other = Channel.ofTopic("elsewhere");
    subscriber.subscribe(other);
    try (Tally tally = Tally.start(publisher, NEWS)) {
      await().until(() -> tally.sent() > 200);

      SERVERS.move(name(), SERVERS.otherMaster(name()));

      Instant back = subscribeAgain(subscriber);
      int before = tally.sent();
      await().until(() -> tally.sent() > before + 200);
      tally.requireSums(subscriber, back);
    }
    assertThat(subscriber.heard().gaps()).isNotEmpty();
    assertThat(subscriber.heard().gaps()).allMatch(gap -> gap.channels().equals(Set.of(NEWS)));
    assertThat(subscriber.heard().lost()).containsExactly(NEWS);
    assertThat(publisher.heard().awaitStates(1)).as("nobody was cut off").hasSize(1);
    publisher.publishAccepted(other, "still here");
    assertThat(subscriber.awaitTexts(other, 1)).containsExactly("still here");
  }

  @Test
  void aChannelWhoseSlotHasMovedIsSubscribedToAtItsNewMaster() {
    Channel later = Channel.ofTopic("later");
    String name = config.prefix() + "v1:channel:later";
    SERVERS.move(name, SERVERS.otherMaster(name));

    subscriber.subscribe(later);
    publisher.publishAccepted(later, "found");

    assertThat(subscriber.awaitTexts(later, 1)).containsExactly("found");
    assertThat(subscriber.heard().awaitStates(1)).hasSize(1);
  }

  @Test
  void theOldMasterServesASlotUntilTheMoveIsDone() {
    PrivateRedis to = SERVERS.otherMaster(name());
    SERVERS.beginMove(name(), to);

    publisher.publishAccepted(NEWS, "on its way");
    assertThat(subscriber.awaitTexts(NEWS, 1)).containsExactly("on its way");
    assertThat(subscriber.heard().lost()).isEmpty();

    SERVERS.move(name(), to);
    subscribeAgain(subscriber);
    publisher.publishAccepted(NEWS, "moved");
    assertThat(subscriber.awaitTexts(NEWS, 2)).endsWith("moved");
    assertThat(publisher.heard().awaitStates(1)).hasSize(1);
  }

  @Test
  void probesOfAMasterMoveToASlotThatItKeeps() {
    PrivateRedis master = SERVERS.masters().getFirst();
    String probes = probesAt(master);

    SERVERS.move(probes, SERVERS.otherMaster(probes));

    await().until(() -> !probesAt(master).isEmpty() && !probesAt(master).equals(probes));
    publisher.publishAccepted(NEWS, "all is well");
    assertThat(subscriber.awaitTexts(NEWS, 1)).containsExactly("all is well");
    assertThat(subscriber.heard().awaitStates(1)).hasSize(1);
    assertThat(subscriber.heard().lost()).isEmpty();
  }

  private String probesAt(PrivateRedis master) {
    return Arrays.stream(master.ask("pubsub", "shardchannels").split("\n"))
        .filter(name -> name.startsWith(config.prefix()))
        .filter(name -> name.endsWith("%s:probes:publications".formatted(subscriber.incarnation())))
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @EnumSource
  void theSlotOfControlMessagesCostsTheConnectionsWhichAreMadeAnew(PubSub pubSub) {
    stop();
    start(pubSub);
    String nodes = config.prefix() + "v1:{control}:nodes";

    SERVERS.move(nodes, SERVERS.otherMaster(nodes));

    for (BrokerNode node : new BrokerNode[] {publisher, subscriber}) {
      // A node may connect once more while servers still tell it of the slot's old master.
      await().until(() -> node.heard().awaitStates(3).getLast() == BrokerState.UP);
      assertThat(node.heard().gapsBeforeUp()).isEqualTo(node.heard().awaitStates(3).size() / 2);
    }
    BrokerNode.await(publisher.control("heartbeat", ""));
    subscriber.heard().awaitControls(1);
  }

  @Test
  void withClassicPubSubAMovedSlotIsFoundByAsking() throws Exception {
    stop();
    start(PubSub.CLASSIC);
    try (Tally tally = Tally.start(publisher, NEWS)) {
      tally.allowRepeatsInGaps(); // The new server may pass on late what the old one has passed on.
      await().until(() -> tally.sent() > 200);

      SERVERS.move(name(), SERVERS.otherMaster(name()));

      Instant back = subscribeAgain(subscriber);
      int before = tally.sent();
      await().until(() -> tally.sent() > before + 200);
      tally.requireSums(subscriber, back);
    }
    assertThat(publisher.heard().awaitStates(1)).hasSize(1);
  }
}
