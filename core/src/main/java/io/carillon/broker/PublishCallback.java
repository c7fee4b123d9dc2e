package io.carillon.broker;

/** Hears how one publish ended: exactly once, on any thread, and must not block there. */
@FunctionalInterface
public interface PublishCallback {
  void onOutcome(PublishOutcome outcome);
}
