package io.carillon.conformance.swarm;

/**
 * How a connection of the swarm ended.
 *
 * @param closeCode the server's, or {@link #NO_CODE} where it hung up without one, which browsers
 *     call 1006
 * @param how what the socket said
 * @param nanoTime when the close frame came, or the end where there was none
 */
public record Ending(int closeCode, How how, long nanoTime) {

  /** There was no close frame. */
  public static final int NO_CODE = 0;

  enum How {
    END_OF_STREAM,
    RESET,
    NOT_UPGRADED
  }
}
