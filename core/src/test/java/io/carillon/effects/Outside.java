package io.carillon.effects;

import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The outside of a simulated cluster: it adds up what it is told, and knows repeats by equality.
 */
final class Outside implements EffectListener {

  private record Answer(long dueNanos, CompletableFuture<Void> future, boolean isTaken) {}

  private final RandomGenerator random;
  private final LongSupplier clock;
  private final List<Answer> answers = new ArrayList<>();
  private final Set<Effect> known = new HashSet<>();

  /** What is new in what was told, in order. */
  private final Map<Channel, List<Effect>> told = new HashMap<>();

  private final Set<Channel> occupied = new HashSet<>();
  private final Map<Channel, Integer> counts = new TreeMap<>();
  private final Map<Channel, Set<String>> members = new TreeMap<>();

  /** The longest time until a report is answered, in milliseconds. */
  int maxDelayMillis;

  /** The share of reports that are refused. */
  double refusals;

  /** How many effects came again. */
  int repeats;

  /** How many effects contradict those before, such as a member who leaves twice. */
  int contradictions;

  Outside(RandomGenerator random, LongSupplier clock) {
    this.random = random;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Void> onEffects(List<Effect> effects) {
    boolean isTaken = refusals == 0 || random.nextDouble() >= refusals;
    if (isTaken || random.nextBoolean()) {
      effects.forEach(this::hear); // An answer may be lost although the report was not.
    }
    long delay = maxDelayMillis == 0 ? 0 : random.nextInt(maxDelayMillis) * 1_000_000L;
    CompletableFuture<Void> future = new CompletableFuture<>();
    answers.add(new Answer(clock.getAsLong() + delay, future, isTaken));
    answer();
    return future;
  }

  /** Answers what is due. */
  void answer() {
    for (Answer answer : List.copyOf(answers)) {
      if (answer.dueNanos - clock.getAsLong() <= 0) {
        answers.remove(answer);
        if (answer.isTaken) {
          answer.future.complete(null);
        } else {
          answer.future.completeExceptionally(new IllegalStateException("refused by the test"));
        }
      }
    }
  }

  private void hear(Effect effect) {
    if (!known.add(effect)) {
      repeats++;
      return;
    }
    Channel channel = effect.channel();
    told.computeIfAbsent(channel, _ -> new ArrayList<>()).add(effect);
    boolean isPlausible =
        switch (effect.change()) {
          case Effect.Occupied() -> occupied.add(channel);
          case Effect.Vacated() -> occupied.remove(channel);
          case Effect.Counted(int now) -> {
            Integer before = counts.put(channel, now);
            yield before == null || before != now;
          }
          case Effect.Joined(String id) -> members(channel).add(id);
          case Effect.Left(String id) -> members(channel).remove(id);
        };
    contradictions += isPlausible ? 0 : 1;
  }

  boolean isOccupied(Channel channel) {
    return occupied.contains(channel);
  }

  int count(Channel channel) {
    return counts.getOrDefault(channel, 0);
  }

  Set<String> members(Channel channel) {
    return members.computeIfAbsent(channel, _ -> new TreeSet<>());
  }

  /** What was told of a channel, without repeats. */
  List<Effect> told(Channel channel) {
    return told.getOrDefault(channel, List.of());
  }

  /** What was told of a channel, without repeats and numbers. */
  List<Effect.Change> changes(Channel channel) {
    return told(channel).stream().map(Effect::change).toList();
  }
}
