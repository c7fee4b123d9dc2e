package io.carillon.adapter.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.adapter.kit.Batcher.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Random adds, writes and confirms against a model that is nothing but what was added and what has
 * left. A failure prints its seed.
 */
final class BatcherPropertyTest {

  private static final PublishLimits LIMITS = new PublishLimits(5, 4, 50, 1_000_000);
  private static final int STEPS = 3_000;

  private final long seed = ThreadLocalRandom.current().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Batcher batcher = Batcher.batching(LIMITS, System::nanoTime);
  private final Map<String, List<Outgoing>> added = new HashMap<>();
  private final Map<String, List<Outgoing>> left = new HashMap<>();
  private final TreeMap<Long, Message> unconfirmed = new TreeMap<>();
  private long tag;

  @RepeatedTest(50)
  void everyChannelLeavesInOrderInBatchesWithinLimits() {
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> add();
        case 2 -> write();
        default -> confirm();
      }
    }
    while (!unconfirmed.isEmpty() || !batcher.isIdle()) {
      write();
      confirm();
    }
    assertThat(left).as("seed %d", seed).isEqualTo(added);
  }

  private void add() {
    String key = "channel-" + random.nextInt(8);
    Outgoing publication = new Outgoing(key, new byte[random.nextInt(80)], outcome -> {});
    added.computeIfAbsent(key, k -> new ArrayList<>()).add(publication);
    batcher.add(publication);
  }

  private void write() {
    for (Message message = batcher.next(); message != null; message = batcher.next()) {
      assertThat(unconfirmed.values())
          .as("seed %d: one unconfirmed message per channel", seed)
          .extracting(Message::address)
          .doesNotContain(message.address());
      int count = message.publications().size();
      assertThat(count).as("seed %d", seed).isBetween(1, LIMITS.batchPublications());
      if (count > 1) {
        assertThat(message.size()).as("seed %d", seed).isLessThanOrEqualTo(LIMITS.batchBytes());
      }
      unconfirmed.put(++tag, message);
      assertThat(unconfirmed.size()).as("seed %d", seed).isLessThanOrEqualTo(LIMITS.window());
      left.computeIfAbsent(message.address(), k -> new ArrayList<>())
          .addAll(message.publications());
    }
    assertEverythingThatMayLeaveHasLeft();
  }

  private void assertEverythingThatMayLeaveHasLeft() {
    if (unconfirmed.size() == LIMITS.window()) {
      return;
    }
    List<String> busy = unconfirmed.values().stream().map(Message::address).toList();
    added.forEach(
        (key, publications) -> {
          if (!busy.contains(key)) {
            assertThat(left.get(key)).as("seed %d, %s", seed, key).isEqualTo(publications);
          }
        });
  }

  private void confirm() {
    if (unconfirmed.isEmpty()) {
      return;
    }
    List<Long> tags = List.copyOf(unconfirmed.keySet());
    long answered = tags.get(random.nextInt(tags.size()));
    boolean multiple = random.nextBoolean();
    Map<Long, Message> expected =
        multiple
            ? unconfirmed.headMap(answered, true)
            : unconfirmed.subMap(answered, true, answered, true);

    assertThat(multiple ? batcher.confirmUpTo(answered) : batcher.confirm(answered))
        .as("seed %d", seed)
        .containsExactlyElementsOf(expected.values());
    expected.clear();
  }
}
