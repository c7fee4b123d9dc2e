package io.carillon.conformance.drill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The outcome of every message of a test's publishers, and the messages that every listener
 * received. Its clock counts events: a later stamp means a later event. Safe for use by many
 * threads.
 */
public final class Journal {

  /** What a publisher knows of its message. */
  public enum Fate {
    /** Its echo came. */
    ACCEPTED,
    /** It was told that it was not sent. */
    REFUSED,
    /** The connection ended before either, or it was told that nobody knows. */
    UNKNOWN
  }

  /** A message as clients see it, and when its fate was known. */
  record Message(String line, long sentAt, Fate fate, long settledAt) {}

  private final AtomicLong clock = new AtomicLong();
  private final Collection<Message> settled = new ConcurrentLinkedQueue<>();
  private final Collection<Hearing> hearings = new ConcurrentLinkedQueue<>();
  private final Collection<String> wrongs = new ConcurrentLinkedQueue<>();

  /** Now, which is later than all that was stamped before. */
  public long now() {
    return clock.incrementAndGet();
  }

  /** Notes the fate of a message. */
  public void settle(String line, long sentAt, Fate fate) {
    settled.add(new Message(line, sentAt, fate, now()));
  }

  /** Records an event that must not have happened. */
  public void wrong(String what) {
    wrongs.add(what);
  }

  /** A new connection of a listener. */
  public Hearing open(String listener) {
    Hearing hearing = new Hearing(listener, this);
    hearings.add(hearing);
    return hearing;
  }

  /** How many messages had this fate. */
  public long count(Fate fate) {
    return settled.stream().filter(message -> message.fate() == fate).count();
  }

  /** Messages of unknown fate that somebody heard. */
  public long unknownButHeard() {
    return settled.stream()
        .filter(message -> message.fate() == Fate.UNKNOWN && isHeard(message))
        .count();
  }

  private boolean isHeard(Message message) {
    return hearings.stream().anyMatch(hearing -> hearing.lines.containsKey(message.line()));
  }

  /** How often anything was heard. */
  public long heard() {
    return hearings.stream().mapToLong(hearing -> hearing.lines.size()).sum();
  }

  /**
   * All that was accepted before a moment and that this listener must have heard but has not, since
   * it was sent after it had subscribed.
   */
  public List<Message> missing(Hearing hearing, long before) {
    return settled.stream()
        .filter(message -> message.fate() == Fate.ACCEPTED && message.settledAt() < before)
        .filter(message -> message.sentAt() > hearing.subscribedAt)
        .filter(message -> !hearing.lines.containsKey(message.line()))
        .toList();
  }

  /** All that must not have happened: doubled, out of order, heard though refused, hung up on. */
  public List<String> wrongs() {
    List<String> all = new ArrayList<>(wrongs);
    settled.stream()
        .filter(message -> message.fate() == Fate.REFUSED && isHeard(message))
        .forEach(message -> all.add("refused, and heard: " + message.line()));
    return all;
  }

  /** What one connection of a listener heard. Written by its thread alone. */
  public static final class Hearing {
    private final String listener;
    private final Journal journal;
    private final Map<String, Boolean> lines = new ConcurrentHashMap<>();
    private final Map<String, Long> lastNumbers = new ConcurrentHashMap<>();
    private volatile long subscribedAt = Long.MAX_VALUE;

    Hearing(String listener, Journal journal) {
      this.listener = listener;
      this.journal = journal;
    }

    /** From now on nothing may be missed. */
    public void subscribed() {
      subscribedAt = journal.now();
    }

    /** Whether nothing may be missed any more. */
    public boolean isSubscribed() {
      return subscribedAt < Long.MAX_VALUE;
    }

    /** A line that ends with ": " and its number among its publisher's. */
    public void hear(String line) {
      int colon = line.lastIndexOf(": ");
      if (lines.put(line, true) != null) {
        journal.wrong(listener + " heard twice: " + line);
      }
      long number = Long.parseLong(line.substring(colon + 2));
      Long last = lastNumbers.put(line.substring(0, colon), number);
      if (last != null && last > number) {
        journal.wrong(listener + " heard behind number " + last + ": " + line);
      }
    }
  }
}
