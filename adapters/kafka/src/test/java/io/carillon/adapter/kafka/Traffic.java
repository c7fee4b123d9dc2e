package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Numbered publications of one node on several channels, at a steady rate, whose sums have to close
 * at the end. The channels are in different partitions.
 */
final class Traffic implements AutoCloseable {

  private static final int CHANNELS = 24;
  private static final long PERIOD_MICROS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Channel> channels =
      IntStream.range(0, CHANNELS).mapToObj(i -> Channel.ofTopic("news-" + i)).toList();
  private final Map<Channel, List<CompletableFuture<PublishOutcome>>> outcomes =
      new LinkedHashMap<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final BrokerNode publisher;
  private int next;

  /** Begins to publish; the subscribers hear all channels. */
  Traffic(BrokerNode publisher, BrokerNode... subscribers) {
    this.publisher = publisher;
    channels.forEach(channel -> outcomes.put(channel, new ArrayList<>()));
    for (BrokerNode subscriber : subscribers) {
      subscriber.subscribe(channels);
    }
    var _ = clock.scheduleAtFixedRate(this::publishNext, 0, PERIOD_MICROS, TimeUnit.MICROSECONDS);
    for (BrokerNode subscriber : subscribers) {
      channels.forEach(channel -> subscriber.awaitTexts(channel, 3));
    }
  }

  private void publishNext() {
    publishOn(channels.get(next++ % CHANNELS));
  }

  private CompletableFuture<PublishOutcome> publishOn(Channel channel) {
    List<CompletableFuture<PublishOutcome>> ofChannel = outcomes.getOrDefault(channel, List.of());
    CompletableFuture<PublishOutcome> outcome = publisher.publish(channel, "" + ofChannel.size());
    ofChannel.add(outcome);
    return outcome;
  }

  /** Ends, with one more publication on each channel, which Kafka accepts. */
  void end() {
    close();
    try {
      assertThat(clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    for (Channel channel : channels) {
      assertThat(BrokerNode.await(publishOn(channel))).isInstanceOf(PublishOutcome.Accepted.class);
    }
    outcomes.values().forEach(ofChannel -> ofChannel.forEach(BrokerNode::await));
  }

  /**
   * Everything that was accepted has arrived, once and in order; nothing that was refused has; and
   * no gap was reported. Only after {@link #end}.
   */
  Sums requireClosed(BrokerNode subscriber) {
    Sums sums = Sums.NONE;
    for (Channel channel : channels) {
      int last = outcomes.getOrDefault(channel, List.of()).size() - 1;
      await().atMost(PATIENCE).until(() -> subscriber.texts(channel).contains("" + last));
      sums = sums.plus(requireClosed(channel, subscriber));
    }
    assertThat(subscriber.heard().gaps()).as("nothing is missed").isEmpty();
    assertThat(sums.sent())
        .as("%s", sums)
        .isEqualTo(sums.heard() + sums.refused() + sums.unknownAndNotHeard());
    return sums;
  }

  private Sums requireClosed(Channel channel, BrokerNode subscriber) {
    List<CompletableFuture<PublishOutcome>> ofChannel = outcomes.getOrDefault(channel, List.of());
    List<Integer> heard = subscriber.texts(channel).stream().map(Integer::valueOf).toList();
    assertThat(heard).as("%s, in order", channel).isSorted().doesNotHaveDuplicates();
    List<Integer> accepted = new ArrayList<>();
    List<Integer> refused = new ArrayList<>();
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < ofChannel.size(); i++) {
      switch (ofChannel.get(i).join()) {
        case PublishOutcome.Accepted _ -> accepted.add(i);
        case PublishOutcome.Refused _ -> refused.add(i);
        case PublishOutcome.Unknown _ -> unknown.add(i);
      }
    }
    Set<Integer> arrived = new HashSet<>(heard);
    assertThat(accepted).as("%s, nothing accepted is missing", channel).allMatch(arrived::contains);
    assertThat(refused).as("%s, nothing refused was sent", channel).noneMatch(arrived::contains);
    unknown.removeAll(arrived);
    return new Sums(
        ofChannel.size(), accepted.size(), refused.size(), unknown.size(), heard.size());
  }

  /** Ends at once. */
  @Override
  public void close() {
    clock.shutdown();
  }

  /** Numbers of publications. */
  record Sums(int sent, int accepted, int refused, int unknownAndNotHeard, int heard) {

    private static final Sums NONE = new Sums(0, 0, 0, 0, 0);

    private Sums plus(Sums other) {
      return new Sums(
          sent + other.sent,
          accepted + other.accepted,
          refused + other.refused,
          unknownAndNotHeard + other.unknownAndNotHeard,
          heard + other.heard);
    }

    /** Whether every publication was accepted. */
    boolean areAllAccepted() {
      return accepted == sent;
    }
  }
}
