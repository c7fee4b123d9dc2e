package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Hearing;
import io.nats.client.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * One lane's way into this node. Messages that come faster than they are handled wait in a {@link
 * Backlog}; those beyond its limit are dropped and counted.
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

  private final Line line;
  private final Way way;
  private final Consumer<Message> sink;
  private final Backlog backlog;
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
   * @param sink takes messages that are no probes, and may block
   * @param deaf receives the path that no longer leads here
   */
  Inlet(
      Line line,
      Way way,
      long pendingBytes,
      Environment environment,
      Consumer<Message> sink,
      Consumer<String> deaf)
      throws IOException {
    this.line = line;
    this.way = way;
    this.sink = sink;
    this.backlog =
        new Backlog(
            new Backlog.Limits(MAX_MESSAGES, pendingBytes),
            environment.executor(),
            environment.nanoClock(),
            line.guarded(this::take));
    this.hearing =
        new Hearing(
            way.token(), List.of(PATH), backlog::dropped, deaf, environment.clock().instant());
    line.receive(this::offer);
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
    return backlog.dropped();
  }

  void subscribe(String subject) throws IOException {
    line.subscribe(subject);
  }

  void unsubscribe(String subject) throws IOException {
    line.unsubscribe(subject);
  }

  private void offer(Message message) {
    line.busy();
    if (backlog.offer(message)) {
      line.listening();
    } else {
      line.handled();
    }
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
