package io.carillon.presence;

/** Hears how one join ended: once, on the event loop of who joins, later. */
@FunctionalInterface
public interface JoinCallback {
  void onOutcome(JoinOutcome outcome);
}
