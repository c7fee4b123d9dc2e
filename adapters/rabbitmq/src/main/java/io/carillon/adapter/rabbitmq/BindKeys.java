package io.carillon.adapter.rabbitmq;

import io.carillon.message.Channel;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which keys should be bound, and which are. Owned by a {@link Binder}, on its thread. */
final class BindKeys {

  /** Keys that should be bound. */
  private final Set<Channel> desired = new LinkedHashSet<>();

  /** Desired keys of which a subscriber was told that they are bound; they outlive an outage. */
  private final Set<Channel> promised = new HashSet<>();

  /** Keys that RabbitMQ has bound. */
  private final Set<Channel> confirmed = new HashSet<>();

  void want(Collection<Channel> keys) {
    desired.addAll(keys);
  }

  void drop(Collection<Channel> keys) {
    keys.forEach(desired::remove);
    keys.forEach(promised::remove);
  }

  /** A subscriber is told that these are bound, as far as they are still wanted. */
  void promise(Collection<Channel> keys) {
    keys.stream().filter(desired::contains).forEach(promised::add);
  }

  /** A subscriber is told that these could not be bound. */
  void refuse(Collection<Channel> keys) {
    keys.stream().filter(key -> !promised.contains(key)).forEach(desired::remove);
  }

  /** How many keys should be bound. */
  int desired() {
    return desired.size();
  }

  /** How many keys are bound. */
  int confirmed() {
    return confirmed.size();
  }

  boolean isToBind(Channel channel) {
    return desired.contains(channel) && !confirmed.contains(channel);
  }

  boolean isToUnbind(Channel channel) {
    return confirmed.contains(channel) && !desired.contains(channel);
  }

  /** Some of the keys that are still to be bound; none when every desired key is. */
  Set<Channel> toBind(int atMost) {
    return desired.stream()
        .filter(key -> !confirmed.contains(key))
        .limit(atMost)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  void bound(Collection<Channel> keys) {
    confirmed.addAll(keys);
  }

  void unbound(Channel channel) {
    confirmed.remove(channel);
  }

  /** The queue is lost, and its bindings with it. */
  void lost() {
    confirmed.clear();
  }
}
