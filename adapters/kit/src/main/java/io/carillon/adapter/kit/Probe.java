package io.carillon.adapter.kit;

import java.io.IOException;
import java.time.Instant;

/**
 * A message that a node sends to itself through the broker, to learn whether the way there works.
 *
 * @param target the name of one of this node's places in the broker
 * @param round the number of the round for that target, from 1
 * @param sentAt when it was sent, by this node's clock
 */
public record Probe(String target, long round, Instant sentAt) {

  /** Writes probes. All that one of them writes for a target keeps its order up to there. */
  public interface Writer {

    /**
     * Sends a probe along one of the paths on which messages come to its target.
     *
     * @throws IOException when that can't be written; the link is lost
     */
    void probe(String path, Probe probe) throws IOException;

    /**
     * Sends the same probe straight to its target, behind those on the paths.
     *
     * @throws IOException when that can't be written; the link is lost
     */
    void fence(Probe probe) throws IOException;
  }
}
