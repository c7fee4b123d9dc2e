package io.carillon.protocol.pusher;

import io.carillon.app.AppLimits;

/** Limits with one value that differs from the default. */
final class Limits {

  private static final AppLimits USUAL = AppLimits.DEFAULTS;

  private Limits() {}

  static AppLimits maxConnections(int most) {
    return of(
        most, USUAL.maxPresenceMembers(), USUAL.maxWatchlist(), USUAL.maxClientEventsPerSecond());
  }

  static AppLimits maxPresenceMembers(int most) {
    return of(USUAL.maxConnections(), most, USUAL.maxWatchlist(), USUAL.maxClientEventsPerSecond());
  }

  static AppLimits maxWatchlist(int most) {
    return of(
        USUAL.maxConnections(), USUAL.maxPresenceMembers(), most, USUAL.maxClientEventsPerSecond());
  }

  static AppLimits maxClientEvents(int most) {
    return of(USUAL.maxConnections(), USUAL.maxPresenceMembers(), USUAL.maxWatchlist(), most);
  }

  private static AppLimits of(
      int maxConnections, int maxPresenceMembers, int maxWatchlist, int maxClientEvents) {
    return new AppLimits(
        maxConnections,
        USUAL.maxBackendEventsPerSecond(),
        maxClientEvents,
        USUAL.maxReadRequestsPerSecond(),
        maxPresenceMembers,
        USUAL.maxPresenceMemberBytes(),
        USUAL.maxChannelNameLength(),
        USUAL.maxEventChannels(),
        USUAL.maxEventNameLength(),
        USUAL.maxEventPayloadBytes(),
        USUAL.maxEventBatchSize(),
        maxWatchlist,
        USUAL.userAuthenticationTimeout());
  }
}
