package io.carillon.adapter.rabbitmq;

import io.carillon.broker.PublishCallback;
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
import org.jspecify.annotations.Nullable;

/**
 * Decides which publications go into which AMQP message, and when.
 *
 * <p>RabbitMQ routes some tens of thousands of messages a second however small they are, so under
 * load a message has to carry more than one publication. One message has one routing key: only
 * publications of one channel can share it. Waiting for more of them by a timer would delay exactly
 * those that come alone, so the broker's own answer is the clock. Each channel has a lane with at
 * most one unconfirmed message. What comes while nothing is unconfirmed leaves at once; what comes
 * meanwhile waits, and leaves together when the confirm arrives. Idle channels pay nothing, busy
 * ones batch by as much as they need, and since a lane never has two messages under way, no
 * confirm, loss or requeue can turn its order around.
 *
 * <p>Lanes run side by side in a window of unconfirmed messages. When it is full, lanes that are
 * ready wait in line, so that a busy one can't starve the others.
 *
 * <p>Owned by one {@link Publisher} and used on its thread alone. Delivery tags count the messages
 * of one AMQP channel from 1, as RabbitMQ does.
 */
final class PublishLanes {

  private final PublishLimits limits;
  private final LongSupplier nanoClock;

  /** How many messages of one lane may be unconfirmed. */
  private final int laneWindow;

  private final Map<String, Lane> lanes = new HashMap<>();
  private final Queue<Lane> ready = new ArrayDeque<>();
  private final NavigableMap<Long, Message> unconfirmed = new TreeMap<>();
  private long lastTag;

  private PublishLanes(PublishLimits limits, int laneWindow, LongSupplier nanoClock) {
    this.limits = limits;
    this.laneWindow = laneWindow;
    this.nanoClock = nanoClock;
  }

  /**
   * As above.
   *
   * @param nanoClock monotonic, in nanoseconds
   */
  static PublishLanes batching(PublishLimits limits, LongSupplier nanoClock) {
    return new PublishLanes(limits, 1, nanoClock);
  }

  /**
   * For messages that carry one publication each: waiting for a confirm would gain nothing, so a
   * lane's messages follow each other at once, in their order.
   *
   * @param nanoClock monotonic, in nanoseconds
   */
  static PublishLanes single(PublishLimits limits, LongSupplier nanoClock) {
    return new PublishLanes(limits.withoutBatches(), limits.window(), nanoClock);
  }

  /** Puts a publication at the end of its channel's lane. */
  void add(Outgoing publication) {
    Lane lane = lanes.computeIfAbsent(publication.key(), Lane::new);
    lane.waiting.add(new Waiting(publication, nanoClock.getAsLong()));
    enlist(lane);
  }

  /**
   * The next message to write, unconfirmed from now on; null while no lane is ready or the window
   * is full.
   */
  @Nullable Message next() {
    if (unconfirmed.size() >= limits.window()) {
      return null;
    }
    Lane lane = ready.poll();
    if (lane == null) {
      return null;
    }
    lane.enlisted = false;
    lane.unconfirmed++;
    Message message = new Message(lane.key, take(lane));
    message.nextAt = nanoClock.getAsLong();
    unconfirmed.put(++lastTag, message);
    enlist(lane);
    return message;
  }

  /**
   * Ends messages that the broker answered, and makes their lanes ready again.
   *
   * @param multiple whether all messages up to this tag are answered
   * @return those messages, oldest first
   */
  List<Message> confirm(long tag, boolean multiple) {
    Collection<Message> answered = answered(tag, multiple);
    List<Message> messages = List.copyOf(answered);
    answered.clear();
    for (Message message : messages) {
      release(message.key());
    }
    return messages;
  }

  /** Takes the message written last back, because it was not written after all. */
  void withdraw(Message message) {
    unconfirmed.remove(lastTag, message);
  }

  /** Publications of unconfirmed messages that were not answered yet; the caller answers them. */
  List<Outgoing> takeUnanswered() {
    List<Outgoing> taken = new ArrayList<>();
    unconfirmed.values().forEach(message -> taken.addAll(message.takeUnanswered()));
    return taken;
  }

  /** Takes back what is not in a message yet. */
  List<Outgoing> takeWaiting() {
    List<Outgoing> taken = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      lane.waiting.forEach(waiting -> taken.add(waiting.publication()));
      lane.waiting.clear();
    }
    forgetIdle();
    return taken;
  }

  /**
   * Takes out what has been under way for too long; the caller answers it. A message that RabbitMQ
   * doesn't answer goes on holding up its lane, so that no later one can overtake it.
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
    for (Lane lane : lanes.values()) {
      for (Waiting head = lane.waiting.peek();
          head != null && isLate(head.since(), now);
          head = lane.waiting.peek()) {
        unsent.add(lane.waiting.remove().publication());
      }
    }
    forgetIdle();
    return new Leftovers(sent, unsent);
  }

  private boolean isLate(long since, long now) {
    return now - since >= limits.timeout().toNanos();
  }

  private void forgetIdle() {
    for (Lane lane : lanes.values()) {
      lane.enlisted &= !lane.waiting.isEmpty();
    }
    ready.removeIf(lane -> !lane.enlisted);
    lanes.values().removeIf(lane -> lane.unconfirmed == 0 && lane.waiting.isEmpty());
  }

  /**
   * Forgets everything, as after the loss of the AMQP channel; {@link #next} counts from 1 again.
   */
  Leftovers reset() {
    List<Outgoing> sent = new ArrayList<>();
    unconfirmed.values().forEach(message -> sent.addAll(message.takeUnanswered()));
    List<Outgoing> unsent = new ArrayList<>();
    for (Lane lane : lanes.values()) {
      lane.waiting.forEach(waiting -> unsent.add(waiting.publication()));
    }
    unconfirmed.clear();
    lanes.clear();
    ready.clear();
    lastTag = 0;
    return new Leftovers(sent, unsent);
  }

  /** Whether nothing waits and nothing is unconfirmed. */
  boolean isIdle() {
    return lanes.isEmpty();
  }

  private Collection<Message> answered(long tag, boolean multiple) {
    return multiple
        ? unconfirmed.headMap(tag, true).values()
        : unconfirmed.subMap(tag, true, tag, true).values();
  }

  private void release(String key) {
    Lane lane = lanes.get(key);
    if (lane == null) {
      return;
    }
    lane.unconfirmed--;
    if (lane.unconfirmed == 0 && lane.waiting.isEmpty()) {
      lanes.remove(key);
    } else {
      enlist(lane);
    }
  }

  /** Puts a lane in line if it has something to write and may. */
  private void enlist(Lane lane) {
    if (!lane.enlisted && !lane.waiting.isEmpty() && lane.unconfirmed < laneWindow) {
      lane.enlisted = true;
      ready.add(lane);
    }
  }

  private List<Outgoing> take(Lane lane) {
    List<Outgoing> batch = new ArrayList<>();
    long bytes = 0;
    for (Waiting head = lane.waiting.peek();
        head != null && batch.size() < limits.batchPublications();
        head = lane.waiting.peek()) {
      bytes += head.publication().envelope().length;
      if (bytes > limits.batchBytes() && !batch.isEmpty()) {
        break;
      }
      batch.add(lane.waiting.remove().publication());
    }
    return batch;
  }

  /**
   * One publication on its way.
   *
   * @param key its channel's routing key
   * @param envelope its bytes
   * @param callback who hears the outcome
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Outgoing(String key, byte[] envelope, PublishCallback callback) {}

  /** One AMQP message: its routing key and what it carries, in order; at least one publication. */
  static final class Message {
    private final String key;
    private final List<Outgoing> publications;
    private boolean answered;

    /** When it was to be written, by the lanes' clock. */
    private long nextAt;

    Message(String key, List<Outgoing> publications) {
      this.key = key;
      this.publications = publications;
    }

    String key() {
      return key;
    }

    List<Outgoing> publications() {
      return publications;
    }

    /** What it carries, the first time; nothing afterwards, for nobody is answered twice. */
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

    /** The envelopes, one behind the other. */
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
   * What was under way when everything was forgotten.
   *
   * @param sent written and unconfirmed
   * @param unsent never written
   */
  record Leftovers(List<Outgoing> sent, List<Outgoing> unsent) {}

  /** A publication that is in no message yet, and since when, by the lanes' clock. */
  private record Waiting(Outgoing publication, long since) {}

  /** One channel's publications. */
  private static final class Lane {
    final String key;
    final Queue<Waiting> waiting = new ArrayDeque<>();

    /** How many of its messages are unconfirmed. */
    int unconfirmed;

    /** Whether it is in {@code ready}: while some wait and its window is not full. */
    boolean enlisted;

    Lane(String key) {
      this.key = key;
    }
  }
}
