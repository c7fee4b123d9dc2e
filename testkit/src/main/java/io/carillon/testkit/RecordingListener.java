package io.carillon.testkit;

import static org.assertj.core.api.Assertions.fail;

import io.carillon.broker.BrokerListener;
import io.carillon.broker.BrokerState;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Records everything that a broker reported, and waits for more. A test may make it hold one up, as
 * a node does that is too slow. Safe for use by many threads.
 */
public final class RecordingListener implements BrokerListener {

  /** How long a test waits for anything. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Channel, List<Publication>> publications = new HashMap<>();
  private final List<ControlMessage> controls = new ArrayList<>();
  private final List<ControlMessage> bulk = new ArrayList<>();
  private final Set<Channel> lost = new HashSet<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<BrokerState> states = new ArrayList<>();

  /** How many gaps had been reported when the state last became up. */
  private int gapsBeforeUp;

  private boolean publicationsHeld;

  /** How many publications may pass while publications are held. */
  private int passes;

  private boolean controlsHeld;
  private boolean bulkHeld;

  @Override
  public void onPublication(Publication publication) {
    locked(
        () -> {
          awaitRelease(() -> publicationsHeld && passes == 0);
          passes = Math.max(0, passes - 1);
          return publications
              .computeIfAbsent(publication.channel(), c -> new ArrayList<>())
              .add(publication);
        });
  }

  @Override
  public void onControl(ControlMessage message) {
    locked(
        () -> {
          awaitRelease(() -> controlsHeld);
          return controls.add(message);
        });
  }

  @Override
  public void onBulk(ControlMessage message) {
    locked(
        () -> {
          awaitRelease(() -> bulkHeld);
          return bulk.add(message);
        });
  }

  @Override
  public void onLost(Collection<Channel> channels) {
    locked(() -> lost.addAll(channels));
  }

  @Override
  public void onGap(Gap gap) {
    locked(() -> gaps.add(gap));
  }

  @Override
  public void onState(BrokerState state) {
    locked(
        () -> {
          gapsBeforeUp = state == BrokerState.UP ? gaps.size() : gapsBeforeUp;
          return states.add(state);
        });
  }

  /** Makes the next publication block the thread that delivers it, until {@link #release}. */
  public void holdPublications() {
    locked(() -> publicationsHeld = true);
  }

  /** Lets one held publication pass. The next one blocks again. */
  public void passOnePublication() {
    locked(() -> passes++);
  }

  /** Makes the next control message block the thread that delivers it, until {@link #release}. */
  public void holdControls() {
    locked(() -> controlsHeld = true);
  }

  /** Makes the next bulk message block the thread that delivers it, until {@link #release}. */
  public void holdBulk() {
    locked(() -> bulkHeld = true);
  }

  /** Holds nothing any more. */
  public void release() {
    locked(
        () -> {
          publicationsHeld = false;
          passes = 0;
          controlsHeld = false;
          bulkHeld = false;
          return true;
        });
  }

  /** The publications that arrived on this channel so far, in order. */
  public List<Publication> publications(Channel channel) {
    return locked(() -> List.copyOf(publications.getOrDefault(channel, List.of())));
  }

  /** The channels on which publications arrived so far, and how many. */
  public Map<Channel, Integer> counts() {
    return locked(
        () -> {
          Map<Channel, Integer> counts = new HashMap<>();
          publications.forEach((channel, list) -> counts.put(channel, list.size()));
          return counts;
        });
  }

  /** Waits until at least {@code count} publications of this channel have arrived. */
  public List<Publication> awaitPublications(Channel channel, int count) {
    return locked(
        () -> {
          awaitUntil(
              () -> size(channel) >= count,
              () -> count + " publications to " + channel + "; heard " + size(channel));
          return List.copyOf(publications.getOrDefault(channel, List.of()));
        });
  }

  /** Waits until at least {@code count} control messages have arrived. */
  public List<ControlMessage> awaitControls(int count) {
    return locked(
        () -> {
          awaitUntil(
              () -> controls.size() >= count,
              () -> count + " control messages; heard " + controls.size());
          return List.copyOf(controls);
        });
  }

  /** Waits until at least {@code count} bulk messages have arrived. */
  public List<ControlMessage> awaitBulk(int count) {
    return locked(
        () -> {
          awaitUntil(
              () -> bulk.size() >= count, () -> count + " bulk messages; heard " + bulk.size());
          return List.copyOf(bulk);
        });
  }

  /** Waits until at least {@code count} gaps were reported. */
  public List<Gap> awaitGaps(int count) {
    return locked(
        () -> {
          awaitUntil(() -> gaps.size() >= count, () -> count + " gaps; heard " + gaps);
          return List.copyOf(gaps);
        });
  }

  /** Waits until at least {@code count} changes of state were reported. */
  public List<BrokerState> awaitStates(int count) {
    return locked(
        () -> {
          awaitUntil(() -> states.size() >= count, () -> count + " states; heard " + states);
          return List.copyOf(states);
        });
  }

  /** The control messages that arrived so far, in order. */
  public List<ControlMessage> controls() {
    return locked(() -> List.copyOf(controls));
  }

  /** The bulk messages that arrived so far, in order. */
  public List<ControlMessage> bulk() {
    return locked(() -> List.copyOf(bulk));
  }

  /** The channels that were lost so far. */
  public Set<Channel> lost() {
    return locked(() -> Set.copyOf(lost));
  }

  /** How many gaps had been reported when the state last became up. */
  public int gapsBeforeUp() {
    return locked(() -> gapsBeforeUp);
  }

  /** The gaps reported so far, in order. */
  public List<Gap> gaps() {
    return locked(() -> List.copyOf(gaps));
  }

  /** With the lock held. */
  private void awaitRelease(BooleanSupplier held) {
    awaitUntil(() -> !held.getAsBoolean(), () -> "the test to release the listener");
  }

  private int size(Channel channel) {
    return publications.getOrDefault(channel, List.of()).size();
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      T result = action.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held. */
  private void awaitUntil(BooleanSupplier condition, Supplier<String> what) {
    long left = PATIENCE.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          fail("Waited in vain for " + what.get());
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("Interrupted while waiting for " + what.get());
    }
  }
}
