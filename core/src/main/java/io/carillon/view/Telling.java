package io.carillon.view;

import io.carillon.hub.Loop;
import io.carillon.membership.Membership;
import io.carillon.membership.MembershipConfig;
import io.carillon.message.Incarnation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Decides which channels this node tells the outside of the cluster about, and when it may.
 *
 * <p><b>Lease.</b> Other nodes take this node's channels over when they have not heard it for the
 * timeout. So this node may tell until the timeout has passed since it sent the last heartbeat of
 * which it knows that the bus has carried it, less a margin. After the lease has ended, the others
 * may have told something; so the next lease begins when every other node was heard, and has told
 * what it holds.
 *
 * <p>Owned by the cluster's loop, except {@link #mayTell}.
 */
final class Telling implements Checkpoints {

  /** Within this time a node tells what a node that is gone has not told. */
  private static final Duration TAKEOVER = Duration.ofSeconds(1);

  private final Incarnation self;
  private final Loop loop;
  private final Membership membership;
  private final View view;
  private final LongSupplier nanoClock;
  private final long leaseNanos;
  private final Duration apprenticeship;
  private CheckpointListener listener = new Nobody();
  private Placement placement;

  /** Whether this node is one of those that tell. */
  private boolean isPlaced;

  /** When the last node that is gone was heard last, or one before it. */
  private long missedSinceNanos;

  /** When another node had told what that node had not. */
  private long missedUntilNanos;

  /** The others that were heard since the lease has ended. */
  private final Set<Incarnation> heard = new HashSet<>();

  private boolean hasLease;

  /** The loop writes, any thread reads. */
  private volatile Lease lease;

  private record Lease(long number, long untilNanos) {}

  Telling(
      Incarnation self,
      Loop loop,
      Membership membership,
      MembershipConfig config,
      View view,
      LongSupplier nanoClock) {
    this.self = self;
    this.loop = loop;
    this.membership = membership;
    this.view = view;
    this.nanoClock = nanoClock;
    this.leaseNanos = config.timeout().minus(config.interval().dividedBy(2)).toNanos();
    this.apprenticeship = config.timeout().plus(config.interval());
    this.placement = new Placement(0, self, Set.of());
    this.lease = new Lease(0, nanoClock.getAsLong());
    this.missedUntilNanos = nanoClock.getAsLong();
    view.listenToCheckpoints((node, changes) -> listener.onCheckpoints(node, changes));
  }

  @Override
  public void listen(CheckpointListener only) {
    listener = only;
  }

  @Override
  public boolean mayTell(Placement told) {
    Lease now = lease;
    return told.lease() == now.number && now.untilNanos - nanoClock.getAsLong() > 0;
  }

  @Override
  public CompletionStage<Void> keep(CheckpointChange change) {
    return view.keep(change);
  }

  /**
   * This node is ready. It does not tell at once: by then the others have noticed which nodes were
   * gone before it came, and it has seen itself what another node may fail to tell.
   */
  void onReady() {
    loop.schedule(this::begin, membership.peers().isEmpty() ? Duration.ZERO : apprenticeship);
  }

  private void begin() {
    isPlaced = true;
    membership.becomeTelling();
    renew();
  }

  void onHeartbeat(Incarnation node) {
    heard.add(node);
    renew();
  }

  void onGone(Incarnation node, long lastHeardNanos) {
    heard.remove(node);
    listener.onGone(node);
    missedSinceNanos = missedSince(lastHeardNanos);
    missedUntilNanos = nanoClock.getAsLong() + TAKEOVER.toNanos();
    renew();
  }

  /** A node that is gone may have had no time to go on from the one that was gone before. */
  private long missedSince(long lastHeardNanos) {
    boolean hadTime = missedUntilNanos - lastHeardNanos <= 0;
    return hadTime || missedSinceNanos - lastHeardNanos >= 0 ? lastHeardNanos : missedSinceNanos;
  }

  /** Looks whether the lease goes on, and whether other nodes tell than before. */
  void renew() {
    long now = nanoClock.getAsLong();
    if (hasLease && lease.untilNanos - now <= 0) {
      hasLease = false;
      heard.clear();
    }
    place(missedUntilNanos - now > 0 ? missedSinceNanos : now);
    long until = membership.carriedNanos() + leaseNanos;
    if (!isPlaced || until - now <= 0 || !(hasLease || knowsTheOthers())) {
      return;
    }
    if (hasLease) {
      lease = new Lease(lease.number, until);
      return;
    }
    hasLease = true;
    long sinceNanos = lease.number == 0 ? now : lease.untilNanos;
    lease = new Lease(lease.number + 1, until);
    tell(placement.nodes(), sinceNanos);
  }

  private boolean knowsTheOthers() {
    for (Incarnation peer : membership.peers()) {
      if (!heard.contains(peer) || !view.isFed(peer)) {
        return false;
      }
    }
    return true;
  }

  private void place(long sinceNanos) {
    Set<Incarnation> nodes = new HashSet<>(membership.tellingPeers());
    if (isPlaced) {
      nodes.add(self);
    }
    if (!nodes.equals(placement.nodes())) {
      tell(nodes, sinceNanos);
    }
  }

  private void tell(Set<Incarnation> nodes, long sinceNanos) {
    placement = new Placement(lease.number, self, nodes);
    listener.onPlacement(placement, sinceNanos);
  }

  /** Listens until somebody else does. */
  private static final class Nobody implements CheckpointListener {
    @Override
    public void onCheckpoints(Incarnation node, List<CheckpointChange> changes) {}

    @Override
    public void onGone(Incarnation node) {}

    @Override
    public void onPlacement(Placement placement, long sinceNanos) {}
  }
}
