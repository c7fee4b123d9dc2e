package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operators reshard a cluster with redis-cli while nodes use channels in many slots. */
@Timeout(240)
@Tag("matrix")
final class ReshardIT {

  private static final Logger log = LoggerFactory.getLogger(ReshardIT.class);

  private static final List<Channel> CHANNELS = ManyChannels.named(600);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A quarter of all slots. */
  private static final int QUARTER = 4_096;

  /** A master that comes or goes is one, and so is the move of each of two lanes' slots. */
  private static final int MOST_OUTAGES = 3;

  @RegisterExtension private static final ClusterServers SERVERS = new ClusterServers();

  private BrokerNode publisher;
  private Resubscriber subscriber;

  /** For JUnit. */
  @SuppressWarnings("NullAway.Init") // the nodes are started before each test
  ReshardIT() {}

  @BeforeEach
  void start() {
    RedisConfig config = SERVERS.config();
    publisher = TestRedis.node(config).start();
    subscriber = Resubscriber.start(config, CHANNELS);
  }

  @AfterEach
  void stop() {
    publisher.close();
    subscriber.close();
  }

  @Test
  void halfOfTheSlotsOfAMasterMoveToAnother() throws Exception {
    PrivateRedis from = SERVERS.masters().get(0);
    PrivateRedis to = SERVERS.masters().get(1);
    int half = ClusterServers.slots(from) / 2;
    try (ManyChannels load = ManyChannels.start(publisher, CHANNELS)) {

      reshard("Half of a master's slots", load, List.of(from), to, half);

      ManyChannels.Sums sums = load.requireSums(subscriber);
      log.info("Half of a master's slots: {}", sums);
      assertThat(sums.refused()).as("the masters stay, so every publication has one").isZero();
    }
    assertThat(subscriber.outages()).as("the masters stay, so nobody is cut off").isZero();
    assertThat(publisher.heard().awaitStates(1)).hasSize(1);
    assertThat(subscriber.spans()).isNotEmpty().noneMatch(span -> span.channels().isEmpty());
  }

  @Test
  void aMasterJoinsWithAQuarterOfTheSlotsAndLeavesAgain() throws Exception {
    List<PrivateRedis> old = SERVERS.masters();
    try (ManyChannels load = ManyChannels.start(publisher, CHANNELS)) {
      PrivateRedis joined = SERVERS.join();
      load.awaitTurn();
      assertThat(subscriber.outages()).as("a master without slots changes nothing").isZero();

      reshard("A master that joins", load, old, joined, QUARTER);

      publisher.publishAccepted(Channel.ofTopic("unheard"), "the publisher is up");
      int moved = ClusterServers.slots(joined);
      assertThat(moved)
          .as("redis-cli rounds each master's share down")
          .isCloseTo(QUARTER, within(3));
      assertThat(subscriber.outages())
          .as("for the new master, and when the slots of control and bulk messages move")
          .isBetween(1, MOST_OUTAGES);

      reshard("A master that leaves", load, List.of(joined), old.getFirst(), moved);
      SERVERS.leave(joined);
      awaitWhole(load);

      log.info("A master that joins and leaves: {}", load.requireSums(subscriber));
    }
    assertThat(subscriber.outages()).isBetween(2, 2 * MOST_OUTAGES);
  }

  private void reshard(
      String act, ManyChannels load, List<PrivateRedis> from, PrivateRedis to, int slots) {
    int before = subscriber.spans().size();
    Instant begun = Instant.now();
    SERVERS.reshard(from, to, slots);
    Instant done = Instant.now();
    awaitWhole(load);
    List<Resubscriber.Span> spans = subscriber.spans().subList(before, subscriber.spans().size());
    log.info(
        "{}: {} slots in {} ms, {} reports, the first after {} ms, all healed {} ms after the last"
            + " slot; longest report to subscribed {} ms, longest gap {} ms",
        act,
        slots,
        millis(begun, done),
        spans.size(),
        spans.stream().mapToLong(span -> millis(begun, span.known())).min().orElse(-1),
        spans.stream().mapToLong(span -> millis(done, span.to())).max().orElse(-1),
        spans.stream().mapToLong(span -> millis(span.known(), span.to())).max().orElse(-1),
        spans.stream().mapToLong(span -> millis(span.from(), span.to())).max().orElse(-1));
  }

  private static long millis(Instant from, @Nullable Instant to) {
    return Duration.between(from, Objects.requireNonNull(to)).toMillis();
  }

  /** Waits until all channels are subscribed to, and have had another publication since then. */
  private void awaitWhole(ManyChannels load) {
    await().atMost(PATIENCE).until(subscriber::isWhole);
    load.awaitTurn();
    await().atMost(PATIENCE).until(subscriber::isWhole);
    load.awaitTurn();
  }
}
