package io.carillon.broker;

/** Receives the outcome of one publish: exactly once, on any thread; must not block. */
@FunctionalInterface
public interface PublishCallback {
  void onOutcome(PublishOutcome outcome);
}
