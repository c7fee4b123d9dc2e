package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.Gap;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that can't keep pace, and what it says of what it lost. */
@Timeout(60)
final class RabbitMqOverflowIT {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Channel FENCE = Channel.ofTopic("fence");
  private static final int COUNT = 500;

  /** Long ago, so that a time of the node's own clock is none of a publication. */
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final TestRabbitMq cluster = new TestRabbitMq();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aGapBeginsWithTheOldestPublicationThatItStandsFor() {
    RabbitMqConfig small = cluster.config().withQueue(4, 20_000);
    Incarnation incarnation = Incarnation.random(new SplittableRandom());
    RabbitMqBroker broker = TestRabbitMq.broker(small);
    try (BrokerNode slow = new BrokerNode(incarnation, broker).start();
        BrokerNode publisher = cluster.node(cluster.config()).start()) {
      slow.subscribe(NEWS, FENCE);
      slow.heard().holdPublications();
      IntStream.range(0, COUNT).forEach(i -> publish(publisher, i));
      List<Gap> gaps = slow.heard().awaitGaps(2);

      slow.heard().release();
      publisher.publishAccepted(FENCE, "the end");
      slow.awaitTexts(FENCE, 1);

      List<Integer> missed = missed(slow);
      assertThat(missed).hasSizeGreaterThan(COUNT / 2);
      assertThat(gaps.get(0).reason()).contains("overflow");
      assertThat(gaps.get(0).from()).as("the first loss of all").isEqualTo(from(missed.get(0)));
      assertThat(gaps.get(1).from()).as("the next one after it").isEqualTo(from(missed.get(1)));
      assertThat(broker.stats().receiving().overflowGaps()).isGreaterThanOrEqualTo(2);
      assertThat(broker.stats().receiving().outageGaps()).isZero();
      assertThat(broker.stats().receiving().publications()).isEqualTo(COUNT - missed.size() + 1);
      assertThat(gaps.get(0).to()).isAfter(published(COUNT));
    }
  }

  /** A policy can set it for queues whose arguments don't. */
  @Test
  void whatExpiresInTheQueueIsReportedAsThat() {
    RabbitMqConfig small = cluster.config().withQueue(4, 1 << 20);
    Incarnation incarnation = Incarnation.random(new SplittableRandom());
    RabbitMqBroker broker = TestRabbitMq.broker(small);
    cluster.management().setTimeToLive(Duration.ofMillis(50));
    try (BrokerNode slow = new BrokerNode(incarnation, broker).start();
        BrokerNode publisher = cluster.node(cluster.config()).start()) {
      slow.subscribe(NEWS);
      slow.heard().holdPublications();
      IntStream.range(0, 20).forEach(i -> publish(publisher, i));

      Gap gap = slow.heard().awaitGaps(1).getFirst();

      assertThat(gap.reason()).contains("expired", "message-ttl");
      assertThat(broker.stats().receiving().expiryGaps()).isPositive();
      assertThat(broker.stats().receiving().overflowGaps()).isZero();
    } finally {
      cluster.management().removeTimeToLive();
    }
  }

  private static List<Integer> missed(BrokerNode node) {
    List<String> heard = node.texts(NEWS);
    return IntStream.range(0, COUNT).boxed().filter(i -> !heard.contains(text(i))).toList();
  }

  private static void publish(BrokerNode node, int number) {
    Publication plain = node.publication(NEWS, "");
    long millis = published(number).toEpochMilli();
    Publication timed =
        new Publication(plain.id(), NEWS, "", Payload.text(text(number)), "", "", millis, null);
    assertThat(BrokerNode.await(node.publish(timed))).isInstanceOf(PublishOutcome.Accepted.class);
  }

  private static Instant published(int number) {
    return FIRST.plusSeconds(number);
  }

  private static Instant from(int number) {
    return published(number).minus(GapConsumer.ALLOWANCE);
  }

  private static String text(int number) {
    return number + " " + "x".repeat(1_000);
  }
}
