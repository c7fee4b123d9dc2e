package io.carillon.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.Gap;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.testkit.BrokerNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Publishes numbers to a channel without a pause, and adds up their fates: each one is heard,
 * refused, of unknown fate, or inside a gap that the subscriber has reported.
 */
final class Tally implements AutoCloseable {

  private static final Duration PACE = Duration.ofMillis(1);

  private final BrokerNode publisher;
  private final Channel channel;
  private final List<Sent> all = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
  private volatile boolean ended;
  private boolean mayRepeatInGaps;

  /** A number on its way; its place in the list is the number. */
  private record Sent(Instant at, CompletableFuture<PublishOutcome> outcome) {}

  private Tally(BrokerNode publisher, Channel channel) {
    this.publisher = publisher;
    this.channel = channel;
  }

  /** Begins. */
  static Tally start(BrokerNode publisher, Channel channel) {
    Tally tally = new Tally(publisher, channel);
    tally.thread.start();
    return tally;
  }

  private void run() {
    for (int i = 0; !ended; i++) {
      all.add(new Sent(Instant.now(), publisher.publish(channel, "" + i)));
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  /** Allows that a number comes twice if it was published inside a gap. */
  Tally allowRepeatsInGaps() {
    mayRepeatInGaps = true;
    return this;
  }

  /** How many were sent so far. */
  int sent() {
    return all.size();
  }

  /**
   * Ends, and requires that the sums close for a subscriber.
   *
   * @param backAt since when the subscriber hears everything again
   * @return how many were inside a gap
   */
  int requireSums(BrokerNode subscriber, Instant backAt) throws InterruptedException {
    close();
    thread.join();
    all.forEach(sent -> BrokerNode.await(sent.outcome()));
    publisher.publishAccepted(channel, "end");
    Awaitility.await().until(() -> subscriber.texts(channel).contains("end"));
    List<String> heard = subscriber.texts(channel);
    Set<String> known = new HashSet<>();
    List<String> twice = heard.stream().filter(text -> !known.add(text)).toList();
    assertThat(twice)
        .as("none twice")
        .allMatch(
            text ->
                mayRepeatInGaps
                    && isCovered(subscriber, all.get(Integer.parseInt(text)).at(), backAt));
    int inGap = 0;
    int unaccounted = 0;
    for (int i = 0; i < all.size(); i++) {
      Sent sent = all.get(i);
      boolean wasHeard = known.contains("" + i);
      switch (sent.outcome().join()) {
        case PublishOutcome.Accepted _ -> {
          if (!wasHeard) {
            boolean covered = isCovered(subscriber, sent.at(), backAt);
            inGap += covered ? 1 : 0;
            unaccounted += covered ? 0 : 1;
          }
        }
        case PublishOutcome.Refused _ ->
            assertThat(wasHeard).as("%s was certainly not sent", i).isFalse();
        case PublishOutcome.Unknown _ -> {}
      }
    }
    assertThat(unaccounted).as("lost outside of all gaps, of %s", all.size()).isZero();
    return inGap;
  }

  /** From the beginning of a gap until the subscriber is subscribed again. */
  private boolean isCovered(BrokerNode subscriber, Instant at, Instant backAt) {
    for (Gap gap : subscriber.heard().gaps()) {
      boolean concerns = gap.channels().isEmpty() || gap.channels().contains(channel);
      if (concerns && !at.isBefore(gap.from()) && !at.isAfter(backAt)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    ended = true;
  }
}
