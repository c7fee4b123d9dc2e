package io.carillon.adapter.kit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which publications go into which message, and when.
 *
 * <p>A broker routes some tens of thousands of messages a second however small they are, so under
 * load a message has to carry more than one publication. One message has one address, so only
 * publications of one channel can share it. A timer that waits for more publications would delay
 * exactly those that come alone, so the broker's own answer takes the timer's place. Each channel
 * has a line with at most one unconfirmed message. A publication leaves at once if the line has no
 * unconfirmed message; otherwise it waits, and all waiting publications leave together when the
 * confirm arrives. So idle channels have no delay, and busy channels batch as much as they need. A
 * line never has two messages under way, so no confirm, loss or requeue can change its order.
 *
 * <p>Lines run side by side in a window of unconfirmed messages. When the window is full, lines
 * that are ready wait in turn, so that a busy line can't starve the others.
 *
 * <p>Owned by one {@link LanePublisher} and used only on its thread. Numbers count the messages of
 * one {@link Outlet} from 1.
 */
public final class Batcher {

  private final PublishLimits limits;
  private final LongSupplier nanoClock;

  /** How many messages of one line may be unconfirmed. */
  private final int lineWindow;

  /** Whether publications of an address may share a message. */
  private final Predicate<String> joinable;

  /** The one line for all addresses; null when each has its own. */
  private final @Nullable String oneLine;

  private final Map<String, Line> lines = new HashMap<>();
  private final Queue<Line> ready = new ArrayDeque<>();
  private final NavigableMap<Long, Message> unconfirmed = new TreeMap<>();
  private long lastNumber;

  private Batcher(
      PublishLimits limits,
      int lineWindow,
      Predicate<String> joinable,
      @Nullable String oneLine,
      LongSupplier nanoClock) {
    this.limits = limits;
    this.lineWindow = lineWindow;
    this.joinable = joinable;
    this.oneLine = oneLine;
    this.nanoClock = nanoClock;
  }

  /**
   * As above.
   *
   * @param nanoClock monotonic, in nanoseconds
   */
  public static Batcher batching(PublishLimits limits, LongSupplier nanoClock) {
    return batching(limits, address -> true, nanoClock);
  }

  /**
   * As above, but for addresses whose messages carry one publication each: their lines work as
   * those of {@link #single}.
   *
   * @param joinable whether publications of an address may share a message; constant
   * @param nanoClock monotonic, in nanoseconds
   */
  public static Batcher batching(
      PublishLimits limits, Predicate<String> joinable, LongSupplier nanoClock) {
    return new Batcher(limits, 1, joinable, null, nanoClock);
  }

  /**
   * For messages that carry one publication each: waiting for a confirm would gain nothing, so a
   * line's messages follow each other at once, in their order.
   *
   * @param nanoClock monotonic, in nanoseconds
   */
  public static Batcher single(PublishLimits limits, LongSupplier nanoClock) {
    return new Batcher(limits.withoutBatches(), limits.window(), address -> true, null, nanoClock);
  }

  /**
   * As {@link #single}, and in one order for all addresses: a message to one node must not overtake
   * a message to all.
   *
   * @param nanoClock monotonic, in nanoseconds
   */
  public static Batcher inOneOrder(PublishLimits limits, LongSupplier nanoClock) {
    return new Batcher(limits.withoutBatches(), limits.window(), address -> true, "", nanoClock);
  }

  /** Puts a publication at the end of its channel's line. */
  void add(Outgoing publication) {
    String name = oneLine == null ? publication.address() : oneLine;
    Line line = lines.computeIfAbsent(name, this::line);
    line.waiting.add(new Waiting(publication, nanoClock.getAsLong()));
    enlist(line);
  }

  private Line line(String name) {
    return joinable.test(name)
        ? new Line(name, lineWindow, limits.batchPublications())
        : new Line(name, limits.window(), 1);
  }

  /**
   * The next message to write, unconfirmed from now on; null while no line is ready or the window
   * is full.
   */
  @Nullable Message next() {
    if (unconfirmed.size() >= limits.window()) {
      return null;
    }
    Line line = ready.poll();
    if (line == null) {
      return null;
    }
    line.enlisted = false;
    line.unconfirmed++;
    Message message = new Message(++lastNumber, line, take(line));
    message.nextAt = nanoClock.getAsLong();
    unconfirmed.put(message.number, message);
    enlist(line);
    return message;
  }

  /**
   * Ends a message that the broker answered, and makes its line ready again.
   *
   * @return that message; nothing when it was ended before
   */
  List<Message> confirm(long number) {
    return end(unconfirmed.subMap(number, true, number, true).values());
  }

  /** As {@link #confirm}, for all messages up to this one. */
  List<Message> confirmUpTo(long number) {
    return end(unconfirmed.headMap(number, true).values());
  }

  private List<Message> end(Collection<Message> answered) {
    List<Message> messages = List.copyOf(answered);
    answered.clear();
    for (Message message : messages) {
      release(message.line);
    }
    return messages;
  }

  /** Takes back the message that {@link #next} returned last, because it was not written. */
  void withdraw(Message message) {
    unconfirmed.remove(message.number, message);
  }

  /** Publications of unconfirmed messages that were not answered yet; the caller answers them. */
  List<Outgoing> takeUnanswered() {
    List<Outgoing> taken = new ArrayList<>();
    unconfirmed.values().forEach(message -> taken.addAll(message.takeUnanswered()));
    return taken;
  }

  /** Takes back the publications that are not in a message yet. */
  List<Outgoing> takeWaiting() {
    List<Outgoing> taken = new ArrayList<>();
    for (Line line : lines.values()) {
      line.waiting.forEach(waiting -> taken.add(waiting.publication()));
      line.waiting.clear();
    }
    forgetIdle();
    return taken;
  }

  /**
   * Takes out publications that have been under way for too long; the caller answers them. A
   * message that the broker doesn't answer still blocks its line, so that no later message can
   * overtake it.
   */
  Leftovers takeLate() {
    long now = nanoClock.getAsLong();
    List<Outgoing> sent = new ArrayList<>();
    for (Message message : unconfirmed.values()) {
      if (!isLate(message.nextAt, now)) {
        break;
      }
      sent.addAll(message.takeUnanswered());
    }
    List<Outgoing> unsent = new ArrayList<>();
    for (Line line : lines.values()) {
      for (Waiting head = line.waiting.peek();
          head != null && isLate(head.since(), now);
          head = line.waiting.peek()) {
        unsent.add(line.waiting.remove().publication());
      }
    }
    forgetIdle();
    return new Leftovers(sent, unsent);
  }

  private boolean isLate(long since, long now) {
    return now - since >= limits.timeout().toNanos();
  }

  private void forgetIdle() {
    for (Line line : lines.values()) {
      line.enlisted &= !line.waiting.isEmpty();
    }
    ready.removeIf(line -> !line.enlisted);
    lines.values().removeIf(line -> line.unconfirmed == 0 && line.waiting.isEmpty());
  }

  /** Forgets everything, as after the loss of the outlet; {@link #next} counts from 1 again. */
  Leftovers reset() {
    List<Outgoing> sent = new ArrayList<>();
    unconfirmed.values().forEach(message -> sent.addAll(message.takeUnanswered()));
    List<Outgoing> unsent = new ArrayList<>();
    for (Line line : lines.values()) {
      line.waiting.forEach(waiting -> unsent.add(waiting.publication()));
    }
    unconfirmed.clear();
    lines.clear();
    ready.clear();
    lastNumber = 0;
    return new Leftovers(sent, unsent);
  }

  PublishLimits limits() {
    return limits;
  }

  /** Whether no publication waits and no message is unconfirmed. */
  boolean isIdle() {
    return lines.isEmpty();
  }

  private void release(Line line) {
    line.unconfirmed--;
    if (line.unconfirmed == 0 && line.waiting.isEmpty()) {
      lines.remove(line.name);
    } else {
      enlist(line);
    }
  }

  /** Lets a line take its turn if it has something to write and may. */
  private void enlist(Line line) {
    if (!line.enlisted && !line.waiting.isEmpty() && line.unconfirmed < line.window) {
      line.enlisted = true;
      ready.add(line);
    }
  }

  private List<Outgoing> take(Line line) {
    List<Outgoing> batch = new ArrayList<>();
    long bytes = 0;
    for (Waiting head = line.waiting.peek();
        head != null && batch.size() < line.batchPublications;
        head = line.waiting.peek()) {
      bytes += head.publication().envelope().length;
      if (bytes > limits.batchBytes() && !batch.isEmpty()) {
        break;
      }
      batch.add(line.waiting.remove().publication());
    }
    return batch;
  }

  /** One message: its address and its publications, in order; at least one. */
  static final class Message {
    private final long number;
    private final Line line;
    private final List<Outgoing> publications;
    private boolean answered;

    /** When it was to be written, by the batcher's clock. */
    private long nextAt;

    private Message(long number, Line line, List<Outgoing> publications) {
      this.number = number;
      this.line = line;
      this.publications = publications;
    }

    /** Counts the messages of one outlet from 1. */
    long number() {
      return number;
    }

    String address() {
      return publications.getFirst().address();
    }

    List<Outgoing> publications() {
      return publications;
    }

    /**
     * The message's publications at the first call; empty afterwards, so that none is answered
     * twice.
     */
    List<Outgoing> takeUnanswered() {
      List<Outgoing> taken = answered ? List.of() : publications;
      answered = true;
      return taken;
    }

    int size() {
      int size = 0;
      for (Outgoing publication : publications) {
        size += publication.envelope().length;
      }
      return size;
    }

    /** The envelopes, one after the other. */
    byte[] body() {
      if (publications.size() == 1) {
        return publications.getFirst().envelope();
      }
      byte[] body = new byte[size()];
      int end = 0;
      for (Outgoing publication : publications) {
        byte[] envelope = publication.envelope();
        System.arraycopy(envelope, 0, body, end, envelope.length);
        end += envelope.length;
      }
      return body;
    }
  }

  /**
   * The publications that were under way when everything was forgotten.
   *
   * @param sent written and unconfirmed
   * @param unsent never written
   */
  record Leftovers(List<Outgoing> sent, List<Outgoing> unsent) {}

  /** A publication that is in no message yet, and since when, by the batcher's clock. */
  private record Waiting(Outgoing publication, long since) {}

  /** One channel's publications. */
  private static final class Line {
    final String name;

    /** How many of its messages may be unconfirmed. */
    final int window;

    /** How many publications one of its messages may carry. */
    final int batchPublications;

    final Queue<Waiting> waiting = new ArrayDeque<>();

    /** How many messages of the line are unconfirmed. */
    int unconfirmed;

    /**
     * Whether the line is in {@code ready}: it has waiting publications, and its window is not
     * full.
     */
    boolean enlisted;

    Line(String name, int window, int batchPublications) {
      this.name = name;
      this.window = window;
      this.batchPublications = batchPublications;
    }
  }
}
