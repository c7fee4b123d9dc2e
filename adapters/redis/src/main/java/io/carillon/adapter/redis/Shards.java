package io.carillon.adapter.redis;

import io.carillon.part.BrokerUri.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The masters of a cluster of Redis to which a link is connected, and the slots that each of them
 * owns. Slots may move between them; when another master joins or one goes, the link is lost. Any
 * thread.
 */
final class Shards {

  private static final String CHANGED = "the masters of the cluster have changed";

  private final Map<Host, RedisLane> lanes;
  private final Lock changing = new ReentrantLock();
  private final CompletableFuture<String> lost;
  private final Duration patience;

  /** Written under the lock. */
  private volatile SlotMap slots;

  /**
   * @param lanes the lane of publications of each master
   * @param slots names exactly these masters
   * @param lost the link's
   * @param patience how long an answer may take
   */
  Shards(
      Map<Host, RedisLane> lanes,
      SlotMap slots,
      CompletableFuture<String> lost,
      Duration patience) {
    this.lanes = Map.copyOf(lanes);
    this.slots = slots;
    this.lost = lost;
    this.patience = patience;
  }

  Set<Host> masters() {
    return lanes.keySet();
  }

  Collection<RedisLane> lanes() {
    return lanes.values();
  }

  RedisLane lane(Host master) {
    return Objects.requireNonNull(lanes.get(master));
  }

  SlotMap slots() {
    return slots;
  }

  /** The master of a name's slot, as far as this node knows. */
  Host owner(String name) {
    return slots.owner(name);
  }

  /**
   * Notes that a slot has moved, if a failure says so.
   *
   * @param asked the master that has answered with the failure
   * @return whether the command may be sent again, to the slot's new master
   */
  boolean follow(Throwable failure, Host asked) {
    Optional<Redirection> redirection = Redirection.of(failure, asked);
    if (redirection.isEmpty()) {
      return false;
    }
    Redirection moved = redirection.get();
    if (!lanes.containsKey(moved.owner())) {
      lost.complete(CHANGED);
      return false;
    }
    changing.lock();
    try {
      if (!slots.owners().get(moved.slot()).equals(moved.owner())) {
        slots = slots.with(moved.slot(), moved.owner());
      }
    } finally {
      changing.unlock();
    }
    return true;
  }

  /**
   * Asks a master for the slots of all. If the masters have changed, the link is lost: a master
   * that has become a replica answers everything as before, and only this shows it.
   */
  SlotMap ask(Host master) throws IOException, TimeoutException, InterruptedException {
    SlotMap view = view(master, begin(master), patience);
    loseIfChanged(view);
    return view;
  }

  /**
   * Asks all masters for the slots. The slots on which all masters agree count from then on, unless
   * a slot has moved meanwhile.
   *
   * @return whether they agree
   */
  boolean askAll() throws IOException, TimeoutException, InterruptedException {
    SlotMap before = slots;
    Map<Host, CompletionStage<List<Object>>> asked = new LinkedHashMap<>();
    for (Host master : lanes.keySet()) {
      asked.put(master, begin(master));
    }
    @Nullable SlotMap agreed = null;
    boolean agree = true;
    for (Map.Entry<Host, CompletionStage<List<Object>>> one : asked.entrySet()) {
      SlotMap view = view(one.getKey(), one.getValue(), patience);
      loseIfChanged(view);
      agree &= agreed == null || agreed.equals(view);
      agreed = view;
    }
    if (agree && agreed != null) {
      replace(before, agreed);
    }
    return agree;
  }

  @SuppressWarnings("ReferenceEquality") // the same map, since nobody has changed it
  private void replace(SlotMap before, SlotMap agreed) {
    changing.lock();
    try {
      if (slots == before) {
        slots = agreed;
      }
    } finally {
      changing.unlock();
    }
  }

  private CompletionStage<List<Object>> begin(Host master) {
    return lane(master).out().slots();
  }

  private void loseIfChanged(SlotMap view) {
    if (!view.masters().equals(lanes.keySet())) {
      lost.complete(CHANGED);
    }
  }

  /** Waits for an answer to CLUSTER SLOTS. */
  static SlotMap view(Host asked, CompletionStage<List<Object>> answer, Duration patience)
      throws IOException, TimeoutException, InterruptedException {
    try {
      return SlotMap.read(
          answer.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS), asked);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
  }
}
