package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.protocol.pusher.Rate;
import io.carillon.protocol.pusher.Signatures;

/**
 * An app, and what the API keeps for it. Any thread.
 *
 * @param signatures what its secret signs
 * @param events how many events it has published lately
 * @param reads how often it has read lately
 */
record Tenant(App app, Signatures signatures, Rate events, Rate reads) {

  /** Lets some events through, or none. */
  void countEvents(int amount) {
    if (!events.take(amount, app.limits().maxBackendEventsPerSecond())) {
      throw tooMany(app.limits().maxBackendEventsPerSecond(), "events");
    }
  }

  /** Lets a request through that reads. */
  void countRead() {
    if (!reads.take(1, app.limits().maxReadRequestsPerSecond())) {
      throw tooMany(app.limits().maxReadRequestsPerSecond(), "requests that read");
    }
  }

  private static ApiException tooMany(int limit, String what) {
    return new ApiException(
        ApiFault.TOO_MANY,
        "This app may have %d %s in a second on a node; wait, then go on.".formatted(limit, what));
  }
}
