package io.carillon.hub;

/** The outcome of a subscribe. */
public enum SubscribeOutcome {
  /** Publications of every live node reach this subscriber from now on. */
  SUBSCRIBED,
  /** The subscriber was subscribed before, or its subscribe is under way. */
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
