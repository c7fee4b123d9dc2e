package io.carillon.protocol.pusher.api;

import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.presence.Directory;
import io.carillon.presence.Occupancy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A node that records the calls that it gets. */
final class FakeBackend implements PusherBackend, Directory {

  /** One line for each publication. */
  final List<String> published = new ArrayList<>();

  final List<String> terminated = new ArrayList<>();
  final Map<Channel, Occupancy> occupied = new LinkedHashMap<>();
  final Map<Channel, List<String>> members = new HashMap<>();
  final Map<Channel, CachedEvent> cached = new HashMap<>();

  /** The outcomes of the next publications; accepted if it is empty. */
  final Queue<PublishOutcome> outcomes = new ArrayDeque<>();

  @Nullable String unavailable;
  Duration viewAge = Duration.ZERO;

  /** Whether publications are kept waiting; {@link #answerAll} ends that. */
  boolean silent;

  private final List<Runnable> waiting = new ArrayList<>();

  @Override
  public Optional<String> unavailable() {
    return Optional.ofNullable(unavailable);
  }

  @Override
  public Duration viewAge() {
    return viewAge;
  }

  @Override
  public boolean carries(Channel channel) {
    return !channel.name().equals("uncarried");
  }

  @Override
  public void publish(List<Draft> all, Outcomes answers) {
    for (int i = 0; i < all.size(); i++) {
      Draft one = all.get(i);
      published.add(
          "[%s] %s: %s%s"
              .formatted(
                  one.channel(),
                  one.event(),
                  one.payload().asText(),
                  one.excludedSubscriber().isEmpty() ? "" : " !" + one.excludedSubscriber()));
      int index = i;
      waiting.add(() -> answers.onOutcome(index, next()));
    }
    if (!silent) {
      answerAll();
    }
  }

  void answerAll() {
    waiting.forEach(Runnable::run);
    waiting.clear();
  }

  private PublishOutcome next() {
    PublishOutcome next = outcomes.poll();
    return next == null ? PublishOutcome.ACCEPTED : next;
  }

  @Override
  public Optional<CachedEvent> cached(Channel channel) {
    return Optional.ofNullable(cached.get(channel));
  }

  @Override
  public CompletionStage<PublishOutcome> terminate(String app, String userId) {
    terminated.add(app + "/" + userId);
    return CompletableFuture.completedStage(next());
  }

  @Override
  public CompletionStage<Integer> connections(String app) {
    return CompletableFuture.completedStage(7);
  }

  @Override
  public CompletionStage<Map<Channel, Occupancy>> occupied(String app, String prefix) {
    Map<Channel, Occupancy> found = new LinkedHashMap<>();
    occupied.forEach(
        (channel, occupancy) -> {
          if (channel.app().equals(app) && channel.name().startsWith(prefix)) {
            found.put(channel, occupancy);
          }
        });
    return CompletableFuture.completedStage(found);
  }

  @Override
  public CompletionStage<Occupancy> occupancy(Channel channel) {
    return CompletableFuture.completedStage(occupied.getOrDefault(channel, Occupancy.NONE));
  }

  @Override
  public CompletionStage<List<String>> members(Channel channel) {
    return CompletableFuture.completedStage(members.getOrDefault(channel, List.of()));
  }
}
