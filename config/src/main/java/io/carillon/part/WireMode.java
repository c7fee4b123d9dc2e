package io.carillon.part;

import io.carillon.broker.ForeignForm;
import java.util.Optional;

/**
 * The forms that a node writes and reads on a broker that nodes of another server share, so that
 * their cluster can be replaced node by node. At each step all nodes can read what the others
 * write.
 */
public enum WireMode {
  /** Writes and reads only Carillon's own form. */
  NATIVE,
  /** Writes Carillon's own form, reads both. */
  TRANSITION,
  /** Writes the other server's form, reads both. */
  REFERENCE;

  /** The node's use of the other server's form; empty if it knows none. */
  public Optional<ForeignForm.Use> foreignUse() {
    return switch (this) {
      case NATIVE -> Optional.empty();
      case TRANSITION -> Optional.of(ForeignForm.Use.READ);
      case REFERENCE -> Optional.of(ForeignForm.Use.READ_AND_WRITE);
    };
  }
}
