package io.carillon.protocol;

/** One wire protocol. Stateless; any event loop calls it. */
public interface Protocol {

  /** Whether this handshake is for this protocol. */
  boolean claims(Handshake handshake);

  /** Decides about a handshake that this protocol claims. Called once for each; never blocks. */
  Answer answer(Handshake handshake);
}
