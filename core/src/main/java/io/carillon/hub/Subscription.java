package io.carillon.hub;

/** One subscriber's place in one channel. Owned by the shard's loop. */
final class Subscription {

  final Subscriber subscriber;
  final LocalChannel local;

  /** The place in the channel's array; negative while it waits for the bus, and after it left. */
  int index = -1;

  Subscription(Subscriber subscriber, LocalChannel local) {
    this.subscriber = subscriber;
    this.local = local;
  }
}
