package io.carillon.server.transport;

/**
 * Whether a client is not read for a while, since it speaks and doesn't listen: of a client that
 * hears its own messages, and sends them faster than it takes them, TCP slows the sending, where
 * memory would be filled by the hearing. Owned by one connection, used on its event loop.
 *
 * <p>While it is on, what the client has said before still comes back to it, so it may have more
 * waiting than others: it was told by nobody but TCP.
 */
final class Throttle {

  private static final int INDULGENCE = 4;

  private final long bound;
  private boolean on;

  /** In bytes, as what follows: since this began, so that what was unsent then counts as debt. */
  private long written;

  private long takenAtLastBeat = Long.MIN_VALUE;

  /**
   * @param bound how much may wait for a client that reads slowly, in bytes
   */
  Throttle(long bound) {
    this.bound = bound;
  }

  boolean isOn() {
    return on;
  }

  /** The client has said something, and doesn't take what is sent to it. */
  void engage() {
    on = true;
  }

  /** What waited for the client has been taken. */
  void release() {
    on = false;
  }

  /** Something has been written for the client. */
  void wrote(int bytes) {
    written += bytes;
  }

  /** How much may wait for this client now, in bytes. */
  long bound() {
    return on ? INDULGENCE * bound : bound;
  }

  /**
   * Called once a heartbeat: a client that isn't read shows by this that it lives.
   *
   * @param unsent what waits for it, in bytes
   * @return whether it has taken anything since the last heartbeat
   */
  boolean hasTakenSomething(long unsent) {
    long taken = written - unsent;
    boolean more = taken > takenAtLastBeat;
    takenAtLastBeat = taken;
    return more;
  }
}
