package io.carillon.hub;

/** Hears how one subscribe ended: once, on the subscriber's event loop, perhaps at once. */
@FunctionalInterface
public interface SubscribeCallback {
  void onOutcome(SubscribeOutcome outcome);
}
