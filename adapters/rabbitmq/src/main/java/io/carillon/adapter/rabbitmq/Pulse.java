package io.carillon.adapter.rabbitmq;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Remembers since when a connection that turns out to be dead may have been deaf. A dead one is
 * noticed after a time that the node has to spend running: a process that stands still, as on a
 * machine that sleeps, notices nothing, and RabbitMQ gives it up meanwhile. So what is counted back
 * is not time but beats, which come only while the node runs.
 *
 * <p>Owned by the {@link Supervisor}, on its thread.
 */
final class Pulse {

  private static final int BEATS_PER_HEARTBEAT = 4;

  /** A dead peer is noticed after a bit more than two heartbeats. */
  private static final int HEARTBEATS_TO_NOTICE = 3;

  /** One more, since the last beat may just have been. */
  private static final int REMEMBERED = HEARTBEATS_TO_NOTICE * BEATS_PER_HEARTBEAT + 1;

  private final Duration interval;
  private final Deque<Instant> beats = new ArrayDeque<>();

  Pulse(Duration heartbeat) {
    interval = heartbeat.dividedBy(BEATS_PER_HEARTBEAT);
  }

  /** How long to wait between beats. */
  Duration interval() {
    return interval;
  }

  /** The connection is up; nothing was missed before. */
  void begin(Instant now) {
    beats.clear();
    beats.add(now);
  }

  /** The node runs, and knows nothing to the contrary. */
  void beat(Instant now) {
    beats.add(now);
    if (beats.size() > REMEMBERED) {
      beats.remove();
    }
  }

  /** The connection was whole at this time, if it was found dead at that time. */
  Instant wholeAt(Instant noticed) {
    Instant oldest = beats.peek();
    return oldest == null ? noticed : oldest;
  }
}
