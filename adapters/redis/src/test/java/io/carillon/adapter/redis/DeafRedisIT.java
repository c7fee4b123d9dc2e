package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.BrokerState;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import io.carillon.testkit.Relay;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that get lost in one direction alone, while the connections stay. */
@Tag("matrix")
@Timeout(60)
final class DeafRedisIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Duration DETECTION = Duration.ofSeconds(10);

  @ParameterizedTest
  @EnumSource
  void isFoundOutInTimeAndHealed(Relay.Side side) {
    Relay deaf = Relay.to(TestRedis.server());
    RedisAddress through = TestRedis.at(deaf.port());
    try (BrokerNode node = TestRedis.node(new TestRedis().config(through))) {
      node.start();
      node.subscribe(NEWS);
      Instant before = Instant.now();

      deaf.swallow(side);

      assertThat(node.heard().awaitStates(2)).containsExactly(BrokerState.UP, BrokerState.DOWN);
      assertThat(Duration.between(before, Instant.now())).isLessThan(DETECTION);
      deaf.close();
      try (Relay sound = Relay.to(TestRedis.server(), deaf.port())) {
        assertThat(node.heard().awaitStates(3)).endsWith(BrokerState.UP);
        assertThat(node.heard().gaps().getFirst().reason()).contains("has said nothing for");
        node.publishAccepted(NEWS, "healed");
        assertThat(node.awaitTexts(NEWS, 1)).containsExactly("healed");
        assertThat(sound.isStopped()).isFalse();
      }
    }
  }
}
