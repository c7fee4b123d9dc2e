package io.carillon.protocol.pusher.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.hub.Remembered;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.protocol.pusher.PusherProtocol;
import io.carillon.testkit.ManualClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryOfChannelsTest {

  private static final Incarnation HERE = new Incarnation(1, 2);
  private static final Channel CHANNEL = new Channel("app", "cache-a");

  private final ManualClock clock = new ManualClock();
  private final MemoryOfChannels memory =
      new MemoryOfChannels(
          PusherProtocol::remembers,
          PusherProtocol::isRemembered,
          Duration.ofMinutes(30),
          10_000,
          clock);

  private static Publication publication(Incarnation node, long sequence, Channel channel) {
    return new Publication(
        new MessageId(node, sequence), channel, "e", Payload.text("x"), "", "", 0, null);
  }

  private static Publication own(long sequence) {
    return publication(HERE, sequence, CHANNEL);
  }

  private void remember(Publication publication) {
    memory.change(publication.channel(), _ -> Optional.of(new Remembered(publication, 7)));
  }

  @Test
  void remembersForAWhile() {
    remember(own(1));
    clock.advance(Duration.ofMinutes(10));

    assertThat(memory.of(CHANNEL)).contains(new Remembered(own(1), 7));
    assertThat(memory.remaining(CHANNEL)).isEqualTo(Duration.ofMinutes(20));
    clock.advance(Duration.ofMinutes(20));
    assertThat(memory.of(CHANNEL)).isEmpty();
    assertThat(memory.remaining(CHANNEL)).isZero();
  }

  @Test
  void remembersNoMoreThanItMay() {
    for (int i = 0; i < 1_000; i++) {
      remember(publication(HERE, i, new Channel("app", "cache-" + i)));
    }
    long kept = 0;
    for (int i = 0; i < 1_000; i++) {
      kept +=
          memory
              .of(new Channel("app", "cache-" + i))
              .map(one -> one.publication().weight())
              .orElse(0);
    }

    assertThat(kept).isPositive().isLessThanOrEqualTo(10_000);
  }

  @Test
  void concernsEventsOfBackendsInCacheChannelsOfApps() {
    assertThat(memory.concern(own(1))).isTrue();
    assertThat(memory.concern(publication(HERE, 1, new Channel("app", "a")))).isFalse();
    assertThat(memory.concern(publication(HERE, 1, Channel.ofTopic("cache-a")))).isFalse();
  }
}
