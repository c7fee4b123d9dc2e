package io.carillon.conformance.swarm;

import java.nio.ByteBuffer;

/** One frame, again and again until it is stopped. Its client's loop sends it. */
public final class Flood {

  private static final int CHUNK = 64 << 10;

  private final int frameSize;
  private final ByteBuffer chunk;
  private volatile long sent;
  private volatile boolean stopped;

  Flood(byte[] frame) {
    frameSize = frame.length;
    int frames = Math.max(1, CHUNK / frame.length);
    chunk = ByteBuffer.allocateDirect(frames * frame.length);
    while (chunk.hasRemaining()) {
      chunk.put(frame);
    }
    // Full, and thus at its end: as if it had just been sent.
  }

  /** Sends what has been begun, and no more. */
  public void stop() {
    stopped = true;
  }

  /** How many frames have been handed to the socket. */
  public long frames() {
    return sent;
  }

  /** Whether something has been begun and not been sent to its end. */
  boolean isUnderWay() {
    return chunk.hasRemaining();
  }

  /** Whether there is something to send. */
  boolean goesOn() {
    return !stopped || chunk.hasRemaining();
  }

  /** What is to be sent next; empty when it is over. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the loop's thread counts.
  ByteBuffer bytes() {
    if (!chunk.hasRemaining() && !stopped) {
      chunk.rewind();
      sent += chunk.limit() / frameSize;
    }
    return chunk;
  }
}
