package io.carillon.broker;

/**
 * What a kind of broker can do.
 *
 * @param clustered nodes in other processes can be reached
 * @param totalOrder all nodes see all publishers' publications of one channel in one order
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
