package io.carillon.adapter.kit;

import io.carillon.message.Incarnation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that owe a {@link Barrier} an answer although nothing waits for it any more. Until the
 * answer comes, publications of such a node may be missed. Used with the barrier's lock held.
 */
final class Debtors {

  private final Map<Incarnation, Debt> debts = new HashMap<>();

  /**
   * @param number the latest question that the node has to answer
   * @param since when the first one was given up
   */
  record Debt(long number, Instant since) {}

  /** The node has not answered this question, and nothing waits for it from now on. */
  void add(Incarnation node, long number, Instant now) {
    debts.merge(node, new Debt(number, now), (old, _) -> new Debt(number, old.since()));
  }

  boolean has(Incarnation node) {
    return debts.containsKey(node);
  }

  /** The debt that this answer pays; null if there is none. */
  @Nullable Debt pay(Incarnation node, long number) {
    Debt debt = debts.get(node);
    return debt != null && number >= debt.number() ? debts.remove(node) : null;
  }

  /** No answer is to be expected any more; null if none was owed. */
  @Nullable Debt writeOff(Incarnation node) {
    return debts.remove(node);
  }

  Set<Incarnation> nodes() {
    return Set.copyOf(debts.keySet());
  }

  /** The question that the node has to answer. */
  long number(Incarnation node) {
    Debt debt = debts.get(node);
    return debt == null ? 0 : debt.number();
  }

  boolean isEmpty() {
    return debts.isEmpty();
  }
}
