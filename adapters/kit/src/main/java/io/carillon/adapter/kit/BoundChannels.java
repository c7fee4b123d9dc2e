package io.carillon.adapter.kit;

import io.carillon.message.Channel;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which channels should be bound, and which are. Owned by a {@link Binder}, on its thread. */
final class BoundChannels {

  /** Channels that should be bound. */
  private final Set<Channel> desired = new LinkedHashSet<>();

  /**
   * Desired channels of which a subscriber was told that they are bound; they outlive an outage.
   */
  private final Set<Channel> promised = new HashSet<>();

  /** Channels that the broker has bound. */
  private final Set<Channel> confirmed = new HashSet<>();

  void want(Collection<Channel> channels) {
    desired.addAll(channels);
  }

  void drop(Collection<Channel> channels) {
    channels.forEach(desired::remove);
    channels.forEach(promised::remove);
  }

  /** A subscriber is told that these channels are bound, as far as they are still wanted. */
  void promise(Collection<Channel> channels) {
    channels.stream().filter(desired::contains).forEach(promised::add);
  }

  /** A subscriber is told that these channels could not be bound. */
  void refuse(Collection<Channel> channels) {
    channels.stream().filter(channel -> !promised.contains(channel)).forEach(desired::remove);
  }

  /**
   * The broker no longer routes these channels here.
   *
   * @return those of which a subscriber was told that they are bound
   */
  Set<Channel> lose(Collection<Channel> channels) {
    Set<Channel> lost = new LinkedHashSet<>();
    for (Channel channel : channels) {
      if (confirmed.remove(channel) && promised.remove(channel)) {
        desired.remove(channel);
        lost.add(channel);
      }
    }
    return lost;
  }

  /** How many channels should be bound. */
  int desired() {
    return desired.size();
  }

  /** How many channels are bound. */
  int confirmed() {
    return confirmed.size();
  }

  boolean isToBind(Channel channel) {
    return desired.contains(channel) && !confirmed.contains(channel);
  }

  boolean isToUnbind(Channel channel) {
    return confirmed.contains(channel) && !desired.contains(channel);
  }

  /** Some of the channels that are still to be bound; none when every desired one is. */
  Set<Channel> toBind(int atMost) {
    return desired.stream()
        .filter(channel -> !confirmed.contains(channel))
        .limit(atMost)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  void bound(Collection<Channel> channels) {
    confirmed.addAll(channels);
  }

  void unbound(Collection<Channel> channels) {
    channels.forEach(confirmed::remove);
  }

  /** The target is lost, and its bindings with it. */
  void lost() {
    confirmed.clear();
  }
}
