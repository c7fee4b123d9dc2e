package io.carillon.hub;

/** Receives the outcome of one subscribe: once, on the subscriber's event loop, perhaps at once. */
@FunctionalInterface
public interface SubscribeCallback {
  void onOutcome(SubscribeOutcome outcome);
}
