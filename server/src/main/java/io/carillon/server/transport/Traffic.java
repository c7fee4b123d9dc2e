package io.carillon.server.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes and messages on the sockets of one event loop so far. Only that loop counts, so that
 * counting takes no lock and no atomic instruction; any thread reads.
 */
final class Traffic {

  private final AtomicLong receivedBytes = new AtomicLong();
  private final AtomicLong receivedMessages = new AtomicLong();
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicLong sentFrames = new AtomicLong();

  /** Bytes were read from a socket. */
  void read(int bytes) {
    add(receivedBytes, bytes);
  }

  /** A message of a client is complete. */
  void message() {
    add(receivedMessages, 1);
  }

  /** Bytes and frames were written to a socket. */
  void wrote(int bytes, int frames) {
    add(sentBytes, bytes);
    add(sentFrames, frames);
  }

  private static void add(AtomicLong counter, int more) {
    counter.setRelease(counter.getPlain() + more);
  }

  TransportStats.Traffic stats() {
    return new TransportStats.Traffic(
        receivedBytes.get(), sentBytes.get(), receivedMessages.get(), sentFrames.get());
  }
}
