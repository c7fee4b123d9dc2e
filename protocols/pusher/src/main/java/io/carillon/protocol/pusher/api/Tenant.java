package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.protocol.Rate;
import io.carillon.protocol.pusher.Signatures;

/**
 * An app, and the API's state for it. Any thread.
 *
 * @param signatures the signatures of its secret
 * @param events the rate of its events
 * @param reads the rate of its reading requests
 */
record Tenant(App app, Signatures signatures, Rate events, Rate reads) {

  /** Counts some events; throws if they exceed the rate. */
  void countEvents(int amount) {
    if (!events.take(amount, app.limits().maxBackendEventsPerSecond())) {
      throw tooMany(app.limits().maxBackendEventsPerSecond(), "events");
    }
  }

  /** Counts a reading request; throws if it exceeds the rate. */
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
