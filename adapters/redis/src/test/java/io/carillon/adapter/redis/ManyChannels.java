package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Publishes numbers to many channels in turn, without a pause, and adds up their fates: each number
 * is heard, refused, of unknown fate, or inside a span that the subscriber has reported.
 */
final class ManyChannels implements AutoCloseable {

  /** Some publications of each turn leave together. */
  private static final int TOGETHER = 2;

  private static final Duration PACE = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BrokerNode publisher;
  private final List<Channel> channels;
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

  /** Written by the thread, and read when it has ended. */
  private final List<Sent> all = new ArrayList<>();

  private volatile int sent;
  private volatile boolean ended;

  /** A number on its way; its place in the list is the number. */
  private record Sent(Channel channel, Instant at, CompletableFuture<PublishOutcome> outcome) {}

  /** The outcomes of all numbers. */
  record Sums(int sent, int heard, int refused, int unknown, int inGap) {}

  private ManyChannels(BrokerNode publisher, List<Channel> channels) {
    this.publisher = publisher;
    this.channels = channels;
  }

  /** The names of so many channels. */
  static List<Channel> named(int count) {
    return IntStream.range(0, count).mapToObj(i -> Channel.ofTopic("channel-" + i)).toList();
  }

  /** Begins. */
  static ManyChannels start(BrokerNode publisher, List<Channel> channels) {
    ManyChannels load = new ManyChannels(publisher, channels);
    load.thread.start();
    load.awaitTurn();
    return load;
  }

  private void run() {
    for (int i = 0; !ended; i++) {
      Channel channel = channels.get(i % channels.size());
      all.add(new Sent(channel, Instant.now(), publisher.publish(channel, "" + i)));
      sent = i + 1;
      if (i % TOGETHER == 0) {
        LockSupport.parkNanos(PACE.toNanos());
      }
    }
  }

  /** Waits until each channel has had another publication. */
  void awaitTurn() {
    int until = sent + 2 * channels.size();
    await().atMost(PATIENCE).until(() -> sent > until);
  }

  /** Ends, and requires that the sums close for a subscriber to all channels. */
  Sums requireSums(Resubscriber subscriber) throws InterruptedException {
    close();
    thread.join();
    all.forEach(one -> BrokerNode.await(one.outcome()));
    await().atMost(PATIENCE).until(() -> hasHeardTheLast(subscriber));
    Set<Integer> heard = new HashSet<>();
    for (Channel channel : channels) {
      List<Integer> numbers = subscriber.heard(channel);
      assertThat(numbers).as("in order, none twice: %s", channel).isSorted();
      heard.addAll(numbers);
      assertThat(numbers).doesNotHaveDuplicates();
    }
    int refused = 0;
    int unknown = 0;
    int inGap = 0;
    List<Sent> missing = new ArrayList<>();
    List<Resubscriber.Span> spans = subscriber.spans();
    for (int i = 0; i < all.size(); i++) {
      Sent one = all.get(i);
      boolean wasHeard = heard.contains(i);
      switch (one.outcome().join()) {
        case PublishOutcome.Accepted _ -> {
          boolean covered =
              !wasHeard && spans.stream().anyMatch(s -> s.covers(one.channel(), one.at()));
          inGap += covered ? 1 : 0;
          if (!wasHeard && !covered) {
            missing.add(one);
          }
        }
        case PublishOutcome.Refused _ -> {
          assertThat(wasHeard).as("%s was certainly not sent", i).isFalse();
          refused++;
        }
        case PublishOutcome.Unknown _ -> unknown += wasHeard ? 0 : 1;
      }
    }
    assertThat(missing).as("lost outside of all gaps, of %s", all.size()).isEmpty();
    Sums sums = new Sums(all.size(), heard.size(), refused, unknown, inGap);
    assertThat(sums.heard() + refused + unknown + inGap).as("%s", sums).isEqualTo(sums.sent());
    return sums;
  }

  private boolean hasHeardTheLast(Resubscriber subscriber) {
    int first = all.size() - channels.size();
    return IntStream.range(first, all.size())
        .allMatch(i -> subscriber.heard(all.get(i).channel()).contains(i));
  }

  @Override
  public void close() {
    ended = true;
  }
}
