package io.carillon.conformance.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * Compares sent and received messages, client by client and message by message. A message for a
 * client has arrived, or its publisher was told that it was refused or unknown, or it was sent in a
 * gap that the client's own node has reported. Everything else is an offence: a message that is
 * missing, came twice, came behind a later one of the same publisher and topic, or came although it
 * was refused.
 *
 * <p>A gap excuses only messages that were sent during a fault. Otherwise a gap that is reported
 * too large would hide any loss.
 */
public final class Ledger {

  /** Between a client's clock reading and a node's, for the same thing. */
  private static final Duration GRAIN = Duration.ofMillis(250);

  private final Map<Integer, Message> messages = new TreeMap<>();
  private final Map<String, List<Message>> byTopic = new HashMap<>();
  private final Map<Integer, List<Window>> gaps;
  private final List<Window> faults;

  /**
   * @param gaps what each node has reported
   * @param faults when something was wrong
   */
  public Ledger(List<Message> messages, Map<Integer, List<ReportedGap>> gaps, List<Window> faults) {
    for (Message message : messages) {
      this.messages.put(message.id(), message);
    }
    for (Message message : this.messages.values()) {
      byTopic.computeIfAbsent(message.topic(), _ -> new ArrayList<>()).add(message);
    }
    this.gaps = new HashMap<>();
    for (Entry<Integer, List<ReportedGap>> entry : gaps.entrySet()) {
      this.gaps.put(
          entry.getKey(),
          entry.getValue().stream().map(gap -> gap.window().widened(GRAIN, GRAIN)).toList());
    }
    this.faults = List.copyOf(faults);
  }

  /** Closes all sums. */
  public Sums close(List<Account> accounts) {
    Sums sums = new Sums();
    messages.values().forEach(sums::sent);
    accounts.forEach(account -> close(account, sums));
    return sums;
  }

  private void close(Account account, Sums sums) {
    BitSet heard = new BitSet();
    Map<String, Integer> last = new HashMap<>();
    for (int id : account.heard()) {
      Message message = messages.get(id);
      if (message == null) {
        sums.offence(account.name() + " heard #" + id + ", which nobody sent");
      } else {
        hear(account, message, heard, last, sums);
      }
    }
    for (String topic : account.topics()) {
      for (Message message : byTopic.getOrDefault(topic, List.of())) {
        if (account.present().contains(message.underWay())) {
          sums.due(account, message, account(account, message, heard.get(message.id())));
        }
      }
    }
  }

  private static void hear(
      Account account, Message message, BitSet heard, Map<String, Integer> last, Sums sums) {
    if (heard.get(message.id())) {
      sums.offence(account.name() + " heard twice: " + message);
      return;
    }
    heard.set(message.id());
    if (message.fate() == Fate.REFUSED) {
      sums.offence(account.name() + " heard what was refused: " + message);
    }
    Integer before = last.put(message.publisher() + " " + message.topic(), message.id());
    if (before != null && before > message.id()) {
      sums.offence(account.name() + " heard behind #" + before + ": " + message);
    }
  }

  private Sums.Entry account(Account account, Message message, boolean heard) {
    if (heard) {
      return Sums.Entry.HEARD;
    }
    return switch (message.fate()) {
      case REFUSED -> Sums.Entry.REFUSED;
      case UNKNOWN -> Sums.Entry.UNKNOWN;
      case HEARD, SILENT ->
          isExcused(account.node(), message.published()) ? Sums.Entry.IN_A_GAP : Sums.Entry.MISSING;
    };
  }

  private boolean isExcused(int node, Window published) {
    return gaps.getOrDefault(node, List.of()).stream().anyMatch(published::overlaps)
        && faults.stream().anyMatch(published::overlaps);
  }
}
