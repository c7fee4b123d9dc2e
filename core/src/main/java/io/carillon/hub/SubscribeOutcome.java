package io.carillon.hub;

/** How a subscribe ended. */
public enum SubscribeOutcome {
  /** Publications of every live node reach this subscriber from now on. */
  SUBSCRIBED,
  /** It was subscribed before, or is about to be. */
  ALREADY_SUBSCRIBED,
  /** The connection has as many subscriptions as it may have. */
  TOO_MANY,
  /** The bus has no address for such a channel. */
  NOT_CARRIED,
  /** The bus is away. */
  BUS_UNAVAILABLE,
  /** The bus did not answer in time. */
  TIMED_OUT
}
