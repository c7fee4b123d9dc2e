package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Redis cuts a subscriber for which more waits than its output buffer may have. */
@Timeout(60)
final class OutputBufferIT {

  private static final Channel NEWS = Channel.ofTopic("news");

  @TempDir private Path folder;

  @Test
  void aNodeThatIsTooSlowIsCutAndReportsAGapAndTheOthersNoticeNothing() {
    try (PrivateRedis redis =
        PrivateRedis.start(folder, "client-output-buffer-limit pubsub 1mb 1mb 0")) {
      RedisAddress address = RedisAddress.parse("redis://127.0.0.1:" + redis.port());
      try (BrokerNode slow = TestRedis.node(RedisConfig.of(address, "c", "slow"));
          BrokerNode publisher = TestRedis.node(RedisConfig.of(address, "c", "publisher"))) {
        slow.start();
        publisher.start();
        slow.subscribe(NEWS);
        slow.heard().holdPublications();
        Instant before = Instant.now();

        while (redis.ask("client", "list").contains("slow/publications/in")) {
          publisher.publishAccepted(NEWS, "x".repeat(1_000_000));
        }
        slow.heard().release();

        assertThat(slow.heard().awaitStates(3))
            .containsExactly(BrokerState.UP, BrokerState.DOWN, BrokerState.UP);
        Gap gap = slow.heard().gaps().getFirst();
        assertThat(gap.from()).isBeforeOrEqualTo(before);
        int heard = slow.texts(NEWS).size();
        publisher.publishAccepted(NEWS, "after");
        assertThat(slow.awaitTexts(NEWS, heard + 1)).endsWith("after");
        assertThat(publisher.heard().awaitStates(1)).containsExactly(BrokerState.UP);
      }
    }
  }
}
