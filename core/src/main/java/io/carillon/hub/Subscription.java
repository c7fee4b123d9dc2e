package io.carillon.hub;

/** One subscriber's place in one channel. Owned by the shard's loop. */
final class Subscription {

  final Subscriber subscriber;
  final LocalChannel local;

  /** When publications begin to be delivered. */
  enum Start {
    /** As soon as the bus routes the channel here. */
    ROUTED,
    /** When the subscriber calls {@link Subscriber#activate}, later than that. */
    ACTIVATED
  }

  /** The index in the channel's array; negative while nothing is delivered. */
  int index = -1;

  /** The bus routes the channel here, and the subscriber has not said that it is ready. */
  boolean reserved;

  final Start start;

  Subscription(Subscriber subscriber, LocalChannel local, Start start) {
    this.subscriber = subscriber;
    this.local = local;
    this.start = start;
  }

  boolean isActive() {
    return index >= 0;
  }
}
