package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Hearing;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * One lane's way into this node: a thread that takes the messages of the lane's subscriptions, and
 * the queue before it. Messages beyond the queue's limit are dropped and counted.
 *
 * <p>Probes come by two subscriptions of the same connection: one in the place of the lane's
 * subjects, and one apart, the fence.
 */
final class Inlet {

  /** The one path on which messages come. */
  static final String PATH = "subscription";

  /** Messages that wait cost memory beside their bytes. */
  private static final long MAX_MESSAGES = 128 << 10;

  private static final int PROBE_BYTES = 2 * Long.BYTES;

  private final Way way;
  private final Consumer<Message> sink;
  private final Dispatcher dispatcher;
  private final Hearing hearing;

  /**
   * The way of probes to an inlet.
   *
   * @param token names the inlet
   * @param from the line by which probes leave
   * @param probe the subject of probes
   * @param fence the subject of fences
   */
  record Way(String token, Line from, String probe, String fence) {}

  /**
   * @param line receives
   * @param pendingBytes how much may wait
   * @param sink takes messages that are no probes
   * @param deaf receives the path that no longer leads here
   * @param now the time before which no message was missed
   */
  Inlet(
      Line line,
      Way way,
      long pendingBytes,
      Consumer<Message> sink,
      Consumer<String> deaf,
      Instant now)
      throws IOException {
    this.way = way;
    this.sink = sink;
    this.dispatcher = line.receive(this::take);
    dispatcher.setPendingLimits(MAX_MESSAGES, pendingBytes);
    this.hearing = new Hearing(way.token(), List.of(PATH), dispatcher::getDroppedCount, deaf, now);
    subscribe(way.probe());
    subscribe(way.fence());
  }

  Way way() {
    return way;
  }

  Hearing hearing() {
    return hearing;
  }

  /** How many messages were dropped so far. */
  long dropped() {
    return dispatcher.getDroppedCount();
  }

  void subscribe(String subject) throws IOException {
    Line.subscribe(dispatcher, subject);
  }

  void unsubscribe(String subject) throws IOException {
    Line.unsubscribe(dispatcher, subject);
  }

  private void take(Message message) {
    String subject = message.getSubject();
    byte[] body = message.getData();
    if (subject.equals(way.probe()) && body.length == PROBE_BYTES) {
      hearing.probe(PATH, ByteBuffer.wrap(body).getLong());
    } else if (subject.equals(way.fence()) && body.length == PROBE_BYTES) {
      ByteBuffer probe = ByteBuffer.wrap(body);
      hearing.fence(probe.getLong(), Instant.ofEpochMilli(probe.getLong()));
    } else {
      sink.accept(message);
    }
  }
}
