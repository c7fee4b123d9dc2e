package io.carillon.adapter.redis;

import io.carillon.broker.Broker;
import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.Publication;
import io.carillon.testkit.BrokerNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node that subscribes again to each channel that is lost, as the hub does. It notes what it has
 * heard, and during which spans of time it may have missed publications. Any thread.
 */
final class Resubscriber implements BrokerListener, AutoCloseable {

  private static final long RETRY_MILLIS = 100;

  private final Broker broker;
  private final Lock lock = new ReentrantLock();

  /** All below is under the lock. */
  private final Map<Channel, List<Integer>> heard = new HashMap<>();

  private final List<Span> spans = new ArrayList<>();

  /** The channels that are lost, each with the number of its last loss. */
  private final Map<Channel, Integer> lost = new HashMap<>();

  private int losses;
  private int outages;
  private boolean up;

  /**
   * A time in which publications may have been missed.
   *
   * @param channels the channels; empty for all
   * @param loss the number of the loss; 0 for an outage
   * @param from the beginning, as the broker reports it
   * @param known when the broker has reported it
   * @param to when everything arrives again; null while that is not so
   */
  record Span(Set<Channel> channels, int loss, Instant from, Instant known, @Nullable Instant to) {

    boolean covers(Channel channel, Instant at) {
      return (channels.isEmpty() || channels.contains(channel))
          && !at.isBefore(from)
          && (to == null || !at.isAfter(to));
    }
  }

  private Resubscriber(Broker broker) {
    this.broker = broker;
  }

  /** Starts a node and subscribes. */
  static Resubscriber start(RedisConfig config, List<Channel> channels) {
    Resubscriber node = new Resubscriber(TestRedis.broker(config));
    BrokerNode.await(node.broker.start(Incarnation.random(new SplittableRandom()), node));
    BrokerNode.await(node.broker.subscribe(channels));
    return node;
  }

  @Override
  public void onPublication(Publication publication) {
    int number = Integer.parseInt(publication.payload().asText());
    locked(() -> heard.computeIfAbsent(publication.channel(), c -> new ArrayList<>()).add(number));
  }

  @Override
  public void onControl(ControlMessage message) {}

  @Override
  public void onBulk(ControlMessage message) {}

  @Override
  public void onGap(Gap gap) {
    Instant now = Instant.now();
    locked(
        () -> {
          int loss = gap.channels().isEmpty() ? 0 : losses + 1;
          return spans.add(new Span(gap.channels(), loss, gap.from(), now, null));
        });
  }

  @Override
  public void onLost(Collection<Channel> channels) {
    lock.lock();
    try {
      losses++;
      channels.forEach(channel -> lost.put(channel, losses));
      subscribeAgain(Set.copyOf(channels), losses);
    } finally {
      lock.unlock();
    }
  }

  private void subscribeAgain(Set<Channel> channels, int loss) {
    broker.subscribe(channels).whenComplete((_, failure) -> subscribed(channels, loss, failure));
  }

  private void subscribed(Set<Channel> channels, int loss, @Nullable Throwable failure) {
    Instant now = Instant.now();
    lock.lock();
    try {
      if (failure == null) {
        channels.forEach(channel -> lost.remove(channel, loss));
        end(span -> span.loss() == loss, now);
      } else {
        CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS)
            .execute(() -> subscribeAgain(channels, loss));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onState(BrokerState state) {
    Instant now = Instant.now();
    lock.lock();
    try {
      up = state == BrokerState.UP;
      if (up) {
        end(span -> span.loss() == 0, now);
      } else {
        outages++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held. */
  private void end(Predicate<Span> which, Instant now) {
    spans.replaceAll(
        span ->
            which.test(span) && span.to() == null
                ? new Span(span.channels(), span.loss(), span.from(), span.known(), now)
                : span);
  }

  /** Whether it is up and subscribed to everything. */
  boolean isWhole() {
    return locked(() -> up && lost.isEmpty() && spans.stream().allMatch(s -> s.to() != null));
  }

  /** The numbers that have come on a channel, in order. */
  List<Integer> heard(Channel channel) {
    return locked(() -> List.copyOf(heard.getOrDefault(channel, List.of())));
  }

  /** The times in which publications may have been missed. */
  List<Span> spans() {
    return locked(() -> List.copyOf(spans));
  }

  /** How often the node was down. */
  int outages() {
    return locked(() -> outages);
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return Objects.requireNonNull(action.get());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
