package io.carillon.part;

import io.carillon.broker.ForeignForm;
import java.util.Optional;

/**
 * What a node speaks on a broker that nodes of another server share, so that a cluster of theirs is
 * replaced node by node. Whatever a node writes, all nodes that it meets in those steps can read.
 */
public enum WireMode {
  /** Carillon's own form alone. */
  NATIVE,
  /** Writes Carillon's own form, reads both. */
  TRANSITION,
  /** Writes the other server's form, reads both. */
  REFERENCE;

  /** What a node does with the other server's form; nothing where it knows none. */
  public Optional<ForeignForm.Use> foreign() {
    return switch (this) {
      case NATIVE -> Optional.empty();
      case TRANSITION -> Optional.of(ForeignForm.Use.READ);
      case REFERENCE -> Optional.of(ForeignForm.Use.READ_AND_WRITE);
    };
  }
}
