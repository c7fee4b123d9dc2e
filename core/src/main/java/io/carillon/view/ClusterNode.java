package io.carillon.view;

import io.carillon.broker.Peers;
import io.carillon.hub.Hub;
import io.carillon.hub.Loop;
import io.carillon.membership.Heartbeat;
import io.carillon.membership.Heartbeat.SliceMark;
import io.carillon.membership.Incompatibility;
import io.carillon.membership.Membership;
import io.carillon.membership.MembershipConfig;
import io.carillon.membership.MembershipListener;
import io.carillon.message.Incarnation;
import io.carillon.metrics.MetricSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node among others: it knows which of them live and what they hold. */
public final class ClusterNode implements Cluster {

  /** Nodes that were last heard before this are of no interest any more. */
  private static final Duration RECENTLY = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(ClusterNode.class);

  private final Loop loop;
  private final LongSupplier nanoClock;
  private final long createdNanos;
  private final Runnable end;
  private final long patientBeats;

  /** Every node that hears a heartbeat of this node for the first time answers sooner. */
  private final Duration untilGreeted;

  private final View view;
  private final Membership membership;
  private final Telling telling;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  /** Heartbeats that were sent before the node was ready; none is sent while the bus is away. */
  private int beats;

  /** The figures of the last heartbeat; written by the loop. */
  private volatile ViewStats stats = ViewStats.NONE;

  /**
   * @param hub not started yet
   * @param loop the cluster's own; heartbeats must not wait for clients
   * @param label this node's name, for people
   * @param tenants the fingerprints of the secrets of this node's tenants, by the tenants' ids
   * @param nanoClock a monotonic clock, in nanoseconds
   * @param end ends the loop
   */
  public ClusterNode(
      Hub hub,
      Loop loop,
      MembershipConfig membership,
      ViewConfig view,
      String label,
      Supplier<Map<String, Long>> tenants,
      LongSupplier nanoClock,
      Runnable end) {
    this.loop = loop;
    this.nanoClock = nanoClock;
    this.createdNanos = nanoClock.getAsLong();
    this.end = end;
    this.patientBeats = view.patience().dividedBy(membership.interval());
    this.untilGreeted = membership.interval().dividedBy(4);
    this.view = new View(hub, loop, view, nanoClock);
    this.membership = new Membership(hub, loop, membership, label, tenants, nanoClock, new Watch());
    this.telling =
        new Telling(hub.incarnation(), loop, this.membership, membership, this.view, nanoClock);
  }

  @Override
  public ClusterView view() {
    return view;
  }

  @Override
  public Checkpoints checkpoints() {
    return telling;
  }

  @Override
  public Peers peers() {
    return membership.live();
  }

  @Override
  public CompletionStage<Void> start() {
    membership.start();
    return ready.minimalCompletionStage();
  }

  @Override
  public boolean isReady() {
    return ready.isDone();
  }

  @Override
  public Optional<Incompatibility> incompatibility() {
    return membership.incompatibility();
  }

  @Override
  public Duration viewAge() {
    return isReady()
        ? membership.deafness()
        : Duration.ofNanos(nanoClock.getAsLong() - createdNanos);
  }

  @Override
  public CompletionStage<Void> leave() {
    return membership.leave();
  }

  @Override
  public CompletionStage<ClusterReport> report() {
    return CompletableFuture.supplyAsync(this::reportNow, loop).minimalCompletionStage();
  }

  private ClusterReport reportNow() {
    assert loop.inLoop();
    return new ClusterReport(
        isReady(),
        viewAge(),
        new ClusterReport.Node(membership.self(), view.report()),
        membership.others().stream()
            .map(seen -> new ClusterReport.Node(seen, view.report(seen.node())))
            .toList(),
        membership.incompatible(),
        membership.gone(RECENTLY));
  }

  /** For how many tenants another node has told another secret. On the cluster's loop. */
  int tenantWarnings() {
    return membership.tenantWarnings();
  }

  @Override
  public List<MetricSource> metrics() {
    return List.of(
        ClusterMetrics.SET.from(() -> stats),
        ClusterMetrics.AGE.from(this::viewAge),
        ClusterMetrics.INCOMPATIBILITY.from(this::incompatibility));
  }

  /** For tests: how often a replica has differed although no delta was missing. */
  long differences() {
    return stats.differences();
  }

  /** For tests: how often this node has asked another one for its slice. */
  long snapshotsAsked() {
    return stats.snapshotsAsked();
  }

  @Override
  public void close() {
    end.run();
  }

  private void checkReady() {
    if (ready.isDone() || membership.isKeptOut()) {
      return;
    }
    boolean isUnheard = beats > patientBeats && !membership.hasHeardItself();
    if (isUnheard) {
      log.warn(
          "This node takes clients without knowing what other nodes hold, because it does not hear"
              + " itself through the broker. Look for an alarm of the broker, of memory or disk");
    }
    boolean knows = isUnheard || membership.knowsAll();
    if (knows) {
      membership.becomeKnowing();
    }
    if (isUnheard || (knows && view.isFed())) {
      membership.becomeReady();
      ready.complete(null);
      telling.onReady();
    }
  }

  /** Passes everything on to the view, and looks whether the node is ready now. */
  private final class Watch implements MembershipListener {
    @Override
    public SliceMark onBeat() {
      if (!ready.isDone()) {
        beats++;
        loop.execute(ClusterNode.this::checkReady);
        loop.schedule(ClusterNode.this::checkReady, untilGreeted);
      }
      telling.renew();
      SliceMark mark = view.onBeat();
      stats = view.stats(isReady());
      return mark;
    }

    @Override
    public void onCame(Incarnation node) {
      view.onCame(node);
    }

    @Override
    public void onHeartbeat(Incarnation node, Heartbeat heartbeat) {
      view.onHeartbeat(node, heartbeat);
      telling.onHeartbeat(node);
      checkReady();
    }

    @Override
    public void onDoubt(Set<Incarnation> late) {
      view.onDoubt(late);
    }

    @Override
    public void onGone(Incarnation node, long lastHeardNanos) {
      view.onGone(node, lastHeardNanos);
      telling.onGone(node, lastHeardNanos);
      checkReady();
    }
  }
}
