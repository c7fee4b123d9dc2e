package io.carillon.presence;

/** Receives the outcome of one join: once, on the event loop of the joining client, later. */
@FunctionalInterface
public interface JoinCallback {
  void onOutcome(JoinOutcome outcome);
}
