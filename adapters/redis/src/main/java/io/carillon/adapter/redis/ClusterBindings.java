package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Unrouted;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one link in a cluster of Redis: each at the master of its slot.
 *
 * <p>When a slot moves, its old master unsubscribes everybody from its names, and tells them. A
 * publisher may have found the new master earlier than that. So the channels count as lost since
 * the last time at which a probe of the old master came back. With classic pub/sub no server tells
 * anything, and {@link #leaveStrays} finds the same.
 *
 * <p>The binder's thread binds and unbinds, the connections' thread tells what Redis has ended, and
 * the executor's threads deal with that.
 */
final class ClusterBindings {

  /** How often a slot may be somewhere else than the last answer said. */
  private static final int MOST_REDIRECTIONS = 40;

  /** Masters that have not heard yet of each other's slots point to each other for a moment. */
  private static final long PAUSE_NANOS = 25_000_000;

  private static final Logger log = LoggerFactory.getLogger(ClusterBindings.class);

  private final Shards shards;
  private final Names names;
  private final RedisForm form;
  private final Incarnation node;
  private final Environment environment;
  private final Function<Host, Instant> wholeAt;
  private final CompletableFuture<String> lost;

  /** By the channels' names in Redis. */
  private final Map<String, Bound> bound = new ConcurrentHashMap<>();

  /** Held by the thread that subscribes or unsubscribes. */
  private final Lock changing = new ReentrantLock();

  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean handling = new AtomicBoolean();

  private final Lock reporting = new ReentrantLock();

  /** Set when the link is up. Under the lock for reports, as the next. */
  private @Nullable Consumer<Unrouted> report;

  /** The channels that were lost before the link was up. */
  private final List<Ended> early = new ArrayList<>();

  private record Bound(Channel channel, Host master) {}

  /**
   * A subscription that Redis has ended.
   *
   * @param channel null for the one that the master's probes need
   */
  private record Ended(Host master, @Nullable Channel channel) {}

  /**
   * @param wholeAt until when everything that a master had has come here
   * @param lost the link's
   */
  ClusterBindings(
      Shards shards,
      Names names,
      RedisForm form,
      Incarnation node,
      Environment environment,
      Function<Host, Instant> wholeAt,
      CompletableFuture<String> lost) {
    this.shards = shards;
    this.names = names;
    this.form = form;
    this.node = node;
    this.environment = environment;
    this.wholeAt = wholeAt;
    this.lost = lost;
  }

  /** Reports the channels that are lost from now on, and those that were lost before. */
  void reportTo(Consumer<Unrouted> newReport) {
    reporting.lock();
    try {
      report = newReport;
      report(newReport, early);
      early.clear();
    } finally {
      reporting.unlock();
    }
  }

  /** Subscribes to channels at their masters, wherever their slots are now. */
  void bind(Collection<Channel> channels) throws IOException {
    Map<String, Channel> left = new HashMap<>();
    channels.forEach(channel -> left.put(form.address(channel), channel));
    changing.lock();
    try {
      for (int i = 0; i < MOST_REDIRECTIONS; i++) {
        left.keySet().retainAll(bindWhereTheySeemToBe(left));
        if (left.isEmpty()) {
          return;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      throw new IOException("%d channels find no master".formatted(left.size()));
    } finally {
      changing.unlock();
    }
  }

  /** Returns the names whose slots are elsewhere. */
  private Set<String> bindWhereTheySeemToBe(Map<String, Channel> all) throws IOException {
    Map<Host, List<String>> byMaster = new HashMap<>();
    all.forEach(
        (name, channel) -> {
          Host master = shards.owner(name);
          byMaster.computeIfAbsent(master, host -> new ArrayList<>()).add(name);
          bound.put(name, new Bound(channel, master));
        });
    Set<String> elsewhere = new HashSet<>();
    for (Map.Entry<Host, List<String>> one : byMaster.entrySet()) {
      Host master = one.getKey();
      elsewhere.addAll(
          shards
              .lane(master)
              .in()
              .subscribe(one.getValue(), failure -> shards.follow(failure, master)));
    }
    elsewhere.forEach(bound::remove);
    return elsewhere;
  }

  /** Unsubscribes from channels; from those that are lost it is unsubscribed already. */
  void unbind(Collection<Channel> channels) throws IOException {
    changing.lock();
    try {
      leave(channels.stream().map(form::address).toList());
    } finally {
      changing.unlock();
    }
  }

  private List<Ended> leave(Collection<String> all) throws IOException {
    List<Ended> left = new ArrayList<>();
    Map<Host, List<String>> byMaster = new HashMap<>();
    for (String name : all) {
      Bound was = bound.remove(name);
      if (was != null) {
        left.add(new Ended(was.master(), was.channel()));
        byMaster.computeIfAbsent(was.master(), host -> new ArrayList<>()).add(name);
      }
    }
    for (Map.Entry<Host, List<String>> one : byMaster.entrySet()) {
      shards.lane(one.getKey()).in().unsubscribe(one.getValue());
    }
    return left;
  }

  /** Unsubscribes where a slot no longer is, and reports the channels as lost. */
  void leaveStrays() throws IOException {
    List<Ended> strays;
    changing.lock();
    try {
      strays =
          leave(
              bound.entrySet().stream()
                  .filter(one -> !one.getValue().master().equals(shards.owner(one.getKey())))
                  .map(Map.Entry::getKey)
                  .toList());
    } finally {
      changing.unlock();
    }
    report(strays);
  }

  /** A master has ended a subscription by itself. On the connections' thread. */
  void onEnded(Host master, String name) {
    Bound was = bound.get(name);
    if (was != null && was.master().equals(master) && bound.remove(name, was)) {
      ended.add(new Ended(master, was.channel()));
    } else if (name.equals(shards.lane(master).heard().name())) {
      ended.add(new Ended(master, null));
    }
    if (!ended.isEmpty() && !lost.isDone() && handling.compareAndSet(false, true)) {
      environment.executor().execute(this::handleEnded);
    }
  }

  private void handleEnded() {
    handling.set(false);
    List<Ended> all = new ArrayList<>();
    for (Ended one = ended.poll(); one != null; one = ended.poll()) {
      all.add(one);
    }
    try {
      for (Host master : Set.copyOf(all.stream().map(Ended::master).toList())) {
        SlotMap slots = shards.ask(master);
        if (!lost.isDone() && all.contains(new Ended(master, null))) {
          probeElsewhere(master, slots);
        }
      }
      report(all);
    } catch (IOException | TimeoutException e) {
      lost.complete("a master that has moved slots does not answer: " + Failures.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error bug) {
      log.error("Following slots failed, so the connections are made anew", bug);
      lost.complete("following slots failed");
    }
  }

  /**
   * Subscribes to a name for a master's probes whose slot it owns.
   *
   * @throws IOException also if the master owns no slots any more
   */
  void probeElsewhere(Host master, SlotMap slots) throws IOException {
    RedisLane lane = shards.lane(master);
    String name = slots.nameAt(master, tag -> names.probesAt(tag, node));
    changing.lock();
    try {
      lane.in().subscribe(List.of(name));
    } finally {
      changing.unlock();
    }
    lane.heard().moveTo(name);
  }

  private void report(List<Ended> all) {
    reporting.lock();
    try {
      Consumer<Unrouted> to = report;
      if (to == null) {
        early.addAll(all);
      } else {
        report(to, all);
      }
    } finally {
      reporting.unlock();
    }
  }

  private void report(Consumer<Unrouted> to, List<Ended> all) {
    Map<Host, Set<Channel>> byMaster = new HashMap<>();
    for (Ended one : all) {
      if (one.channel() != null) {
        byMaster.computeIfAbsent(one.master(), host -> new HashSet<>()).add(one.channel());
      }
    }
    byMaster.forEach(
        (master, channels) ->
            to.accept(
                new Unrouted(
                    "slots have moved away from " + master,
                    channels,
                    wholeAt.apply(master),
                    environment.clock().instant())));
  }
}
