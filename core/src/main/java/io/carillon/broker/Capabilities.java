package io.carillon.broker;

/**
 * The capabilities of a kind of broker.
 *
 * @param clustered whether nodes in other processes can be reached
 * @param totalOrder whether all nodes receive all publishers' publications of one channel in one
 *     order
 * @param maxPayload the longest payload of a publication that is carried, in bytes; a longer one is
 *     refused as {@link Refusal#TOO_LARGE} before anything of it is sent
 */
public record Capabilities(boolean clustered, boolean totalOrder, int maxPayload) {
  public Capabilities {
    if (maxPayload < 1) {
      throw new IllegalArgumentException("maxPayload: " + maxPayload + " (expected: at least 1)");
    }
  }
}
