package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.carillon.adapter.redis.RedisAddress.Login;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.PlainChannel;
import io.carillon.broker.PublishOutcome;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel that nodes share with redis-cli: its messages are bare in both directions. */
class PlainChannelIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NAME = "ws:messages";
  private static final Channel CHANNEL = new Channel("#test", "shared");
  private static final Channel OTHER = Channel.ofTopic("other");
  private static final PlainChannel PLAIN = new PlainChannel(CHANNEL, NAME, 1_000);

  @TempDir Path folder = Path.of(".");

  private static RedisConfig config(PrivateRedis redis, Login login) {
    RedisAddress address = RedisAddress.parse("redis://127.0.0.1:" + redis.port());
    return RedisConfig.of(
            new RedisAddress(false, address.hosts(), null, login, Login.NONE, 0), "c", "n")
        .withPlainChannels(List.of(PLAIN));
  }

  private static BrokerNode node(PrivateRedis redis) {
    return TestRedis.node(config(redis, Login.NONE));
  }

  private static List<String> texts(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + " " + i).toList();
  }

  @Test
  void everyNodeHearsEveryMessageOnceWhoeverPublishesIt() {
    try (PrivateRedis redis = PrivateRedis.start(folder);
        BrokerNode one = node(redis).start();
        BrokerNode two = node(redis).start()) {
      one.subscribe(CHANNEL, OTHER);
      two.subscribe(CHANNEL, OTHER);

      one.publishAll(CHANNEL, texts("burst", 300)).forEach(BrokerNode::await);
      one.publishAll(OTHER, texts("other", 300)).forEach(BrokerNode::await);
      assertThat(redis.ask("publish", NAME, "from redis-cli")).isEqualTo("2");

      List<String> all = new ArrayList<>(texts("burst", 300));
      all.add("from redis-cli");
      for (BrokerNode node : List.of(one, two)) {
        assertThat(node.awaitTexts(CHANNEL, 301)).isEqualTo(all);
        assertThat(node.awaitTexts(OTHER, 300)).isEqualTo(texts("other", 300));
        assertThat(node.texts(CHANNEL)).hasSize(301);
      }
      one.unsubscribe(CHANNEL);
      assertThat(redis.ask("publish", NAME, "behind")).isEqualTo("1");
    }
  }

  @Test
  void messagesComeAgainAfterRedisWasKilledAndTheGapIsReported() {
    try (PrivateRedis redis = PrivateRedis.start(folder);
        BrokerNode node = node(redis).start()) {
      node.subscribe(CHANNEL);
      redis.kill();
      redis.restart();
      await().atMost(PATIENCE).until(() -> redis.ask("publish", NAME, "back").equals("1"));

      assertThat(node.awaitTexts(CHANNEL, 1)).containsExactly("back");
      assertThat(node.heard().gaps()).hasSize(1);
    }
  }

  @Test
  void aMessageBeyondTheLimitIsRefusedAndOneOfAnotherProgramIsDropped() {
    try (PrivateRedis redis = PrivateRedis.start(folder);
        BrokerNode node = node(redis).start()) {
      node.subscribe(CHANNEL);

      assertThat(BrokerNode.await(node.publish(CHANNEL, "x".repeat(1_001))))
          .isInstanceOfSatisfying(
              PublishOutcome.Refused.class,
              refused -> assertThat(refused.kind()).isEqualTo(Refusal.TOO_LARGE));
      assertThat(redis.ask("publish", NAME, "x".repeat(1_001))).isEqualTo("1");
      assertThat(redis.ask("publish", NAME, "short")).isEqualTo("1");

      assertThat(node.awaitTexts(CHANNEL, 1)).containsExactly("short");
    }
  }

  @Test
  void aUserWithoutPermissionForTheNameIsToldAtTheStart() {
    String rest =
        " resetkeys resetchannels &carillon:* -@all +hello +auth +ping +subscribe +unsubscribe"
            + " +publish +pubsub|numsub +role +client|setname";
    try (PrivateRedis redis =
        PrivateRedis.start(
            folder,
            "user all on >pass" + rest.replace("&carillon:*", "&carillon:* &" + NAME),
            "user few on >pass" + rest)) {
      try (BrokerNode node = TestRedis.node(config(redis, new Login("all", "pass"))).start()) {
        node.subscribe(CHANNEL);
        node.publishAccepted(CHANNEL, "hello");
        assertThat(node.awaitTexts(CHANNEL, 1)).containsExactly("hello");
      }
      try (BrokerNode node = TestRedis.node(config(redis, new Login("few", "pass")))) {
        assertThat(catchThrowable(() -> node.begin().toCompletableFuture().join()))
            .cause()
            .isInstanceOf(BrokerConfigurationException.class)
            .hasMessageContaining("user \"few\" may not do what a node does");
      }
    }
  }
}
