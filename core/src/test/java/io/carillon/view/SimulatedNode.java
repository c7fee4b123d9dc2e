package io.carillon.view;

import io.carillon.effects.EffectListener;
import io.carillon.effects.Effects;
import io.carillon.effects.EffectsConfig;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.membership.MembershipConfig;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.presence.EventSum;
import io.carillon.presence.Occupancy;
import io.carillon.presence.Presence;
import io.carillon.presence.Visitor;
import io.carillon.presence.Visitors;
import io.carillon.testkit.ControlNetwork;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One node of a simulated cluster: the program's own hub, membership, view and presence, over a
 * simulated bus and on simulated loops.
 */
public final class SimulatedNode {

  public static final int SHARDS = 2;
  public static final String APP = "1";
  private static final String VISITORS = "visitors";

  public final String label;

  /** The fingerprints of its tenants' secrets. */
  final Map<String, Long> tenants = new HashMap<>();

  public final ControlNetwork.Node network;
  final ManualLoops loops;
  public final Hub hub;
  public final ClusterNode cluster;
  final Presence presence;
  public final Visitors visitors;

  /** Null if the cluster has no outside that is told. */
  public final @Nullable Effects effects;

  /** Adds up what the node's listeners hear, and fails when an event contradicts those before. */
  public final EventSum events = new EventSum();

  SimulatedNode(
      String label,
      Incarnation incarnation,
      ControlNetwork bus,
      ManualClock clock,
      MembershipConfig membership,
      ViewConfig config,
      @Nullable EffectListener outside,
      EffectsConfig effectsConfig) {
    this.label = label;
    network = bus.connect();
    loops = new ManualLoops(1 + SHARDS, clock);
    hub =
        new Hub(
            incarnation,
            network,
            loops.loops().subList(1, 1 + SHARDS),
            HubConfig.DEFAULTS,
            LastPublications.NONE,
            clock,
            clock);
    cluster =
        new ClusterNode(
            hub,
            loops.loops().getFirst(),
            membership,
            config,
            label,
            () -> tenants,
            clock,
            () -> {});
    presence = new Presence(hub, cluster.view(), Presence.SETTLE, clock);
    presence.listen(APP::equals, events);
    effects =
        outside == null
            ? null
            : new Effects(
                hub,
                presence,
                cluster.checkpoints(),
                APP::equals,
                _ -> true,
                outside,
                effectsConfig,
                clock,
                () -> millis(clock));
    visitors = new Visitors(hub, presence);
    var _ = hub.start();
    var _ = cluster.start();
  }

  /** The time of day of the simulation, in milliseconds. */
  private static long millis(ManualClock clock) {
    long passed = clock.getAsLong() - new ManualClock().getAsLong();
    return 1_800_000_000_000L + passed / 1_000_000;
  }

  /** Runs what is due, unless the process is stopped. */
  void run() {
    if (!network.isPaused()) {
      loops.runAll();
    }
  }

  /** The members of its own visitors. */
  public Set<String> ownMembers(Channel channel) {
    Set<String> ids = new TreeSet<>();
    for (Visitor visitor : visitors.all()) {
      String id = visitor.memberIn(channel);
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** The subscriptions of its own visitors. */
  public int ownSubscriptions(Channel channel) {
    return (int) visitors.all().stream().filter(it -> it.isSubscribed(channel)).count();
  }

  /** A visitor has come or gone. */
  void tallyVisitors() {
    cluster.view().tally(VISITORS, () -> visitors.all().size());
  }

  /** How many visitors the other nodes have. */
  Tallies.Others otherVisitors() {
    return cluster.view().others(VISITORS);
  }

  Occupancy occupancy(Channel channel) {
    return ask(presence.occupancy(channel));
  }

  Set<String> members(Channel channel) {
    return new TreeSet<>(ask(presence.members(channel)));
  }

  private <T> T ask(CompletionStage<T> question) {
    loops.runAll();
    return question.toCompletableFuture().join();
  }
}
