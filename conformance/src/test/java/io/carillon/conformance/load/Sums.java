package io.carillon.conformance.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a {@link Ledger} found: a table whose rows add up, and the offences. */
public final class Sums {

  private static final int SHOWN = 20;

  private final Map<String, Map<Fate, Integer>> senders = new TreeMap<>();
  private final Map<String, Map<Entry, Integer>> hearers = new TreeMap<>();
  private final List<String> offences = new ArrayList<>();

  /** The state of a message in the account of a client that should have received it. */
  enum Entry {
    HEARD,
    REFUSED,
    UNKNOWN,
    IN_A_GAP,
    MISSING
  }

  Sums() {}

  void sent(Message message) {
    senders
        .computeIfAbsent("publishers, node " + message.node(), _ -> new EnumMap<>(Fate.class))
        .merge(message.fate(), 1, Integer::sum);
  }

  void due(Account account, Message message, Entry entry) {
    hearers
        .computeIfAbsent(
            account.kind() + ", node " + account.node(), _ -> new EnumMap<>(Entry.class))
        .merge(entry, 1, Integer::sum);
    if (entry == Entry.MISSING) {
      offence(
          "%s (node %d) misses, without a gap: %s"
              .formatted(account.name(), account.node(), message));
    }
  }

  void offence(String text) {
    offences.add(text);
  }

  /** What must not have happened, in words. */
  public List<String> offences() {
    return List.copyOf(offences);
  }

  /** How many messages met this fate. */
  public int count(Fate fate) {
    return senders.values().stream().mapToInt(row -> row.getOrDefault(fate, 0)).sum();
  }

  /** How many messages a node's publishers sent. */
  public int count(int node) {
    return Arrays.stream(Fate.values()).mapToInt(fate -> count(node, fate)).sum();
  }

  /** How many messages of a node's publishers met this fate. */
  public int count(int node, Fate fate) {
    return senders.getOrDefault("publishers, node " + node, Map.of()).getOrDefault(fate, 0);
  }

  /** How many messages, counted once for each client that should have heard them, lie in a gap. */
  public int inGaps() {
    return hearers.values().stream().mapToInt(row -> row.getOrDefault(Entry.IN_A_GAP, 0)).sum();
  }

  /** Fails with the table and the first offences, if there are any. */
  public void requireNoOffence() {
    if (!offences.isEmpty()) {
      throw new AssertionError(
          "%s%n%d offences, the first:%n%s"
              .formatted(
                  table(),
                  offences.size(),
                  String.join("\n", offences.subList(0, Math.min(SHOWN, offences.size())))));
    }
  }

  /** One row for each node's publishers, and one for each kind of client that hears. */
  public String table() {
    StringBuilder table = new StringBuilder();
    append(table, "", senders, Fate.values());
    append(table, "of these, for each client", hearers, Entry.values());
    return table.toString();
  }

  private static <E extends Enum<E>> void append(
      StringBuilder table, String title, Map<String, Map<E, Integer>> rows, E[] columns) {
    table.append("%-26s%9s".formatted(title, "sent"));
    for (E column : columns) {
      table.append("%9s".formatted(column.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    table.append('\n');
    rows.forEach(
        (name, row) -> {
          int sent = row.values().stream().mapToInt(Integer::intValue).sum();
          table.append("%-26s%9d".formatted(name, sent));
          Arrays.stream(columns)
              .forEach(column -> table.append("%9d".formatted(row.getOrDefault(column, 0))));
          table.append('\n');
        });
  }
}
