package io.carillon.server.transport;

/**
 * Whether a client is not read for a while, because it sends and doesn't receive. If a client gets
 * its own messages back, and sends them faster than it receives them, TCP slows down its sending,
 * so that its unread messages don't fill the memory. Owned by one connection, used on its event
 * loop.
 *
 * <p>While the throttle is on, messages that the client has sent before still come back to it. So
 * it may have more bytes waiting than other clients, because only TCP tells it to slow down.
 */
final class Throttle {

  private static final int INDULGENCE = 4;

  private final long bound;
  private boolean on;

  /**
   * In bytes, as the following fields: counted since the throttle began, so that the bytes that
   * were unsent then count as debt.
   */
  private long written;

  private long takenAtLastBeat = Long.MIN_VALUE;

  /**
   * @param bound how many bytes may wait for a client that reads slowly
   */
  Throttle(long bound) {
    this.bound = bound;
  }

  boolean isOn() {
    return on;
  }

  /** The client has sent something, and doesn't take the bytes that wait for it. */
  void engage() {
    on = true;
  }

  /** The client has taken the bytes that waited for it. */
  void release() {
    on = false;
  }

  /** Bytes have been written for the client. */
  void wrote(int bytes) {
    written += bytes;
  }

  /** How many bytes may wait for this client now. */
  long bound() {
    return on ? INDULGENCE * bound : bound;
  }

  /**
   * Called once a heartbeat: a client that isn't read shows by this that it is alive.
   *
   * @param unsent the bytes that wait for it
   * @return whether it has taken anything since the last heartbeat
   */
  boolean hasTakenSomething(long unsent) {
    long taken = written - unsent;
    boolean more = taken > takenAtLastBeat;
    takenAtLastBeat = taken;
    return more;
  }
}
