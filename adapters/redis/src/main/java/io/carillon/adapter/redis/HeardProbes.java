package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Hearing;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The probes that a lane has heard. The fence usually comes on the subscriber's thread, and always
 * behind the probe, but another thread may bring it.
 */
final class HeardProbes {

  private final Hearing hearing;
  private final Lock lock = new ReentrantLock();

  /** Where probes are heard. Any thread reads. */
  private volatile String name;

  /**
   * @param name where probes are heard; the node is subscribed to it
   */
  HeardProbes(Hearing hearing, String name) {
    this.hearing = hearing;
    this.name = name;
  }

  Hearing hearing() {
    return hearing;
  }

  String name() {
    return name;
  }

  /** Probes go to another name from now on. */
  void moveTo(String other) {
    name = other;
  }

  void probe(byte[] body) {
    if (body.length != Long.BYTES) {
      return; // Somebody else's.
    }
    lock.lock();
    try {
      hearing.probe(RedisProbes.SUBSCRIPTION, ByteBuffer.wrap(body).getLong());
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
