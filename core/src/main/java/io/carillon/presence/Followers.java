package io.carillon.presence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The connections of this node that follow a channel's members, and the members of whom they were
 * not told yet, because an info is missing. Owned by the channel's home loop; shards are known by
 * their numbers.
 *
 * <p>The first followers wait until they can be told of all members that were there when they came,
 * so that their list is complete. Later ones don't wait: a member that is withheld when they come
 * is not in their list, and they are told of it together with the others.
 */
final class Followers {

  /** How many connections of a shard follow the members. */
  private final int[] connections;

  /** The members that are withheld, with their numbers, in the order of the numbers. */
  private final Map<String, Long> withheld = new LinkedHashMap<>();

  private long numbers;

  /** Answers wait while a member with this number or a lower one is withheld. */
  private long awaited;

  private final Queue<Runnable> answers = new ArrayDeque<>();

  Followers(int shards) {
    this.connections = new int[shards];
  }

  /** Adds a follower of a shard; true if it is the shard's first. */
  boolean add(int shard) {
    return connections[shard]++ == 0;
  }

  /** Removes a follower of a shard; true if it was the shard's last. */
  boolean remove(int shard) {
    return --connections[shard] == 0;
  }

  /** Whether a shard has any. */
  boolean areOn(int shard) {
    return connections[shard] > 0;
  }

  boolean isEmpty() {
    for (int count : connections) {
      if (count > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Keeps a member back; a member that was kept back already moves behind all others.
   *
   * @return its number
   */
  long withhold(String id) {
    withheld.remove(id);
    withheld.put(id, ++numbers);
    return numbers;
  }

  boolean isWithheld(String id) {
    return withheld.containsKey(id);
  }

  /** A member is no longer kept back. */
  void release(String id) {
    withheld.remove(id);
  }

  /** No member is kept back any more. */
  void releaseAll() {
    withheld.clear();
  }

  /** The members that are kept back under a number or a lower one. */
  List<String> withheldUntil(long number) {
    List<String> ids = new ArrayList<>();
    for (Map.Entry<String, Long> entry : withheld.entrySet()) {
      if (entry.getValue() > number) {
        break;
      }
      ids.add(entry.getKey());
    }
    return ids;
  }

  /**
   * Answers have to wait for the members that are withheld now.
   *
   * @return the last one's number
   */
  long await() {
    awaited = numbers;
    return awaited;
  }

  /** Whether answers wait; then no shard has a list, and none needs events. */
  boolean areWaiting() {
    return !answers.isEmpty();
  }

  /** Runs an answer, at once or behind those that wait. */
  void answer(Runnable answer) {
    answers.add(answer);
    answerIfComplete();
  }

  /** Runs the answers that wait, in their order, unless an awaited member is withheld. */
  void answerIfComplete() {
    if (withheld.isEmpty() || withheld.values().iterator().next() > awaited) {
      for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
        next.run();
      }
    }
  }
}
