package io.carillon.adapter.kit;

import io.carillon.broker.BrokerRefusedException;
import io.carillon.broker.Refusal;
import io.carillon.message.Channel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bindings of single channels: the calls that wait for some, and the slice that a turn works
 * off. Owned by a {@link Binder}, on its thread; a {@link BindPolicy} uses it there.
 *
 * <p>A slice of binds costs one answer of the broker. Calls that don't fit into a slice go to the
 * back of the line, so that a large one delays a small one by a slice and not by its whole size.
 */
public final class ExactBindings {

  private static final Logger log = LoggerFactory.getLogger(ExactBindings.class);
  private static final int BINDS_PER_TURN = 256;
  private static final int UNBINDS_PER_TURN = 16;

  private final BoundChannels channels;
  private final BindCounters counters;
  private final Queue<BindRequest> subscribes = new ArrayDeque<>();
  private final Queue<BindRequest> unsubscribes = new ArrayDeque<>();

  /** Whether channels were bound since the target has last settled. */
  private boolean unsettled;

  ExactBindings(BoundChannels channels, BindCounters counters) {
    this.channels = channels;
    this.counters = counters;
  }

  void add(BindRequest subscribe) {
    subscribes.add(subscribe);
  }

  void addUnbind(BindRequest unsubscribe) {
    unsubscribes.add(unsubscribe);
  }

  /**
   * The broker no longer routes these channels here. Calls that wait bind theirs again.
   *
   * @return those of which a subscriber was told that they are bound; they are no longer desired
   */
  Set<Channel> lose(Collection<Channel> lost) {
    Set<Channel> promised = channels.lose(lost);
    for (BindRequest request : subscribes) {
      request.channels.stream().filter(lost::contains).forEach(request::again);
    }
    return promised;
  }

  boolean isIdle() {
    return subscribes.isEmpty() && unsubscribes.isEmpty();
  }

  /** How many channels should be routed here. */
  public int desired() {
    return channels.desired();
  }

  /** How many channels are bound one by one. */
  public int confirmed() {
    return channels.confirmed();
  }

  /** How many channels subscribers wait for. */
  public int pending() {
    int pending = 0;
    for (BindRequest request : subscribes) {
      pending += request.channels.size();
    }
    return pending;
  }

  /**
   * A binding that the policy has made stands for all channels: answers all calls, as soon as the
   * binding is routed everywhere.
   */
  public void answerAll(BindTarget to) throws IOException {
    List<BindRequest> answered = List.copyOf(subscribes);
    subscribes.clear();
    answer(answered, to);
  }

  /** The policy has made a binding itself, and the broker has answered. */
  public void countOne() {
    counters.bound(1);
    unsettled = true;
  }

  /**
   * Binds some of the channels that subscribers wait for, and answers the calls whose channels are
   * all bound.
   */
  public void bindSlice(BindTarget to) throws IOException {
    Set<Channel> slice = new LinkedHashSet<>();
    List<BindRequest> answered = new ArrayList<>();
    for (BindRequest request : subscribes) {
      collect(request, slice);
      if (request.hasNext()) {
        break;
      }
      answered.add(request);
    }
    bind(to, slice);
    answered.forEach(request -> subscribes.remove());
    answer(answered, to);
    if (!subscribes.isEmpty()) {
      subscribes.add(subscribes.remove());
    }
  }

  private void answer(List<BindRequest> bound, BindTarget to) throws IOException {
    @Nullable UnconfirmedException unconfirmed;
    try {
      unconfirmed = bound.isEmpty() ? null : awaitSettled(to);
    } catch (IOException | RuntimeException | Error e) {
      subscribes.addAll(bound); // They are failed when the target is given up.
      throw e;
    }
    for (BindRequest request : bound) {
      if (unconfirmed == null) {
        promise(request);
      } else {
        refuse(request, unconfirmed);
      }
    }
  }

  /**
   * Waits until the bindings of a new target are routed everywhere, also if there are none.
   *
   * @throws IOException if that fails; the target is given up
   */
  public void settle(BindTarget to) throws IOException {
    unsettled = true;
    @Nullable UnconfirmedException unconfirmed = awaitSettled(to);
    if (unconfirmed != null) {
      throw new IOException(unconfirmed.getMessage(), unconfirmed);
    }
  }

  private @Nullable UnconfirmedException awaitSettled(BindTarget to) throws IOException {
    if (!unsettled) {
      return null;
    }
    try {
      to.settle();
      unsettled = false;
      return null;
    } catch (UnconfirmedException e) {
      return e;
    }
  }

  /** Unbinds what nobody was promised and no other call waits for. */
  private void refuse(BindRequest request, UnconfirmedException why) {
    Set<Channel> awaited = new HashSet<>();
    subscribes.forEach(other -> awaited.addAll(other.channels));
    List<Channel> refused =
        request.channels.stream().filter(channel -> !awaited.contains(channel)).toList();
    channels.refuse(refused);
    addUnbind(new BindRequest(refused));
    request.done.completeExceptionally(
        new BrokerRefusedException(Refusal.UNAVAILABLE, String.valueOf(why.getMessage()), why));
  }

  /** Binds some of the desired channels that are not bound; false when there are none. */
  public boolean bindMissing(BindTarget to) throws IOException {
    Set<Channel> slice = channels.toBind(BINDS_PER_TURN);
    bind(to, slice);
    return !slice.isEmpty();
  }

  /** Unbinds at least as many channels as were bound in this turn, so that churn can't pile up. */
  void unbindSlice(BindTarget from, int bound) throws IOException {
    int budget = Math.max(UNBINDS_PER_TURN, bound);
    Set<Channel> slice = new LinkedHashSet<>();
    List<BindRequest> answered = new ArrayList<>();
    for (BindRequest request : unsubscribes) {
      while (slice.size() < budget && request.hasNext()) {
        Channel channel = request.next();
        if (channels.isToUnbind(channel)) {
          slice.add(channel);
        }
      }
      if (request.hasNext()) {
        break;
      }
      answered.add(request);
    }
    unbind(from, slice);
    for (BindRequest request : answered) {
      unsubscribes.remove();
      request.done.complete(null);
    }
  }

  /** The target is lost: fails all waiting calls. */
  void abandon(Throwable failure) {
    for (BindRequest request : subscribes) {
      channels.refuse(request.channels);
      request.done.completeExceptionally(failure);
    }
    subscribes.clear();
    unsubscribes.forEach(request -> request.done.complete(null));
    unsubscribes.clear();
  }

  private void promise(BindRequest request) {
    channels.promise(request.channels);
    request.done.complete(null);
  }

  private void collect(BindRequest request, Set<Channel> slice) {
    while (slice.size() < BINDS_PER_TURN && request.hasNext()) {
      Channel channel = request.next();
      if (channels.isToBind(channel)) {
        slice.add(channel);
      }
    }
  }

  private void bind(BindTarget to, Set<Channel> slice) throws IOException {
    if (slice.isEmpty()) {
      return;
    }
    say("Binding topic \"{}\" to {}", slice, to);
    unsettled = true;
    to.bind(slice);
    channels.bound(slice);
    counters.bound(slice.size());
    say("Bound topic \"{}\" to {}", slice, to);
  }

  private void unbind(BindTarget from, Set<Channel> slice) throws IOException {
    if (slice.isEmpty()) {
      return;
    }
    say("Unbinding topic \"{}\" from {}", slice, from);
    from.unbind(slice);
    channels.unbound(slice);
    say("Unbound topic \"{}\" from {}", slice, from);
  }

  private static void say(String line, Set<Channel> slice, BindTarget target) {
    if (log.isDebugEnabled()) {
      slice.forEach(channel -> log.debug(line, channel, target.name()));
    }
  }
}
