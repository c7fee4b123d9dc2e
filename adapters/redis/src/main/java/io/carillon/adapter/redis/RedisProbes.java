package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Hearing;
import io.carillon.adapter.kit.Probe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Probes of the way to a lane's subscriber: a message to a name of this node's own, and behind it
 * the fence, a PING by the subscriber's connection. Redis writes a message to its subscribers
 * before it answers the publisher, so the PING is sent with that answer, and its own answer comes
 * behind the message.
 *
 * @param lanes by the names of their probes
 */
record RedisProbes(Map<String, RedisLane> lanes) implements Probe.Writer {

  /** The one path on which messages come. */
  static final String SUBSCRIPTION = "subscription";

  @Override
  public void probe(String path, Probe probe) throws IOException {
    RedisLane lane = lane(probe);
    byte[] body = ByteBuffer.allocate(Long.BYTES).putLong(probe.round()).array();
    long round = probe.round();
    Instant sentAt = probe.sentAt();
    lane.out()
        .publish(probe.target(), body)
        .thenRun(() -> lane.in().ping(() -> lane.heard().fence(round, sentAt)));
  }

  /** The fence follows by itself, when Redis has answered the probe. */
  @Override
  public void fence(Probe probe) {}

  private RedisLane lane(Probe probe) {
    return Objects.requireNonNull(lanes.get(probe.target()));
  }

  /**
   * The probes that a lane has heard. The fence usually comes on the subscriber's thread, and
   * always behind the probe, but another thread may bring it.
   */
  record Heard(Hearing hearing, Lock lock) {

    Heard(Hearing hearing) {
      this(hearing, new ReentrantLock());
    }

    void probe(byte[] body) {
      if (body.length != Long.BYTES) {
        return; // Somebody else's.
      }
      lock.lock();
      try {
        hearing.probe(SUBSCRIPTION, ByteBuffer.wrap(body).getLong());
      } finally {
        lock.unlock();
      }
    }

    void fence(long round, Instant sentAt) {
      lock.lock();
      try {
        hearing.fence(round, sentAt);
      } finally {
        lock.unlock();
      }
    }
  }
}
