package io.carillon.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.effects.EffectListener;
import io.carillon.effects.EffectsConfig;
import io.carillon.membership.MembershipConfig;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.presence.Occupancy;
import io.carillon.presence.Visitor;
import io.carillon.testkit.ControlNetwork;
import io.carillon.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Nodes over one simulated bus, and the truth about what their visitors do. */
public final class SimulatedCluster {

  private static final Duration STEP = Duration.ofMillis(10);

  public final ManualClock clock = new ManualClock();
  public final ControlNetwork bus;
  public final List<SimulatedNode> nodes = new ArrayList<>();
  private final RandomGenerator random;
  private final ViewConfig config;
  private @Nullable EffectListener outside;
  private EffectsConfig effects = EffectsConfig.DEFAULTS;
  private int started;

  public SimulatedCluster(RandomGenerator random) {
    this(random, ViewConfig.DEFAULTS);
  }

  SimulatedCluster(RandomGenerator random, ViewConfig config) {
    this.random = random;
    this.config = config;
    this.bus = new ControlNetwork(random, clock);
  }

  /** The nodes that start from now on tell it what happens to channels. */
  public void tell(EffectListener listener) {
    tell(listener, EffectsConfig.DEFAULTS);
  }

  public void tell(EffectListener listener, EffectsConfig config) {
    outside = listener;
    effects = config;
  }

  public SimulatedNode start() {
    return start(MembershipConfig.DEFAULTS);
  }

  /** Starts a node that writes this version of the cluster's messages. */
  SimulatedNode start(int version) {
    MembershipConfig usual = MembershipConfig.DEFAULTS;
    return start(
        new MembershipConfig(usual.interval(), usual.timeout(), usual.comeback(), version));
  }

  private SimulatedNode start(MembershipConfig membership) {
    started++;
    SimulatedNode node =
        new SimulatedNode(
            "n" + started,
            Incarnation.random(random),
            bus,
            clock,
            membership,
            config,
            outside,
            effects);
    nodes.add(node);
    return node;
  }

  /** A node is gone in an instant, with its visitors. */
  public void crash(SimulatedNode node) {
    nodes.remove(node);
    node.network.close();
  }

  /** Time passes for all nodes. */
  public void pass(Duration time) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
      clock.advance(STEP);
      settleNow();
    }
  }

  /** Everything that is due now happens. */
  public void settleNow() {
    bus.deliver();
    nodes.forEach(SimulatedNode::run);
    bus.deliver();
    nodes.forEach(SimulatedNode::run);
  }

  public int subscriptions(Channel channel) {
    return nodes.stream().mapToInt(node -> node.ownSubscriptions(channel)).sum();
  }

  public Set<String> members(Channel channel) {
    Set<String> ids = new TreeSet<>();
    nodes.forEach(node -> ids.addAll(node.ownMembers(channel)));
    return ids;
  }

  /** Every node, and every visitor of every node, knows the truth. */
  public void check(List<Channel> channels) {
    int visitors = nodes.stream().mapToInt(node -> node.visitors.all().size()).sum();
    for (SimulatedNode node : nodes) {
      assertThat(node.cluster.differences()).as("wrong digests, on %s", node.label).isZero();
      assertThat(node.otherVisitors())
          .as("visitors of others, on %s", node.label)
          .isEqualTo(new Tallies.Others(visitors - node.visitors.all().size(), 0));
      if (node.visitors.all().stream().noneMatch(it -> channels.stream().anyMatch(it::follows))) {
        assertThat(node.visitors.infos()).as("infos that %s needs not", node.label).isZero();
      }
    }
    for (Channel channel : channels) {
      int subscriptions = subscriptions(channel);
      Set<String> members = members(channel);
      for (SimulatedNode node : nodes) {
        assertThat(node.occupancy(channel))
            .as("%s on %s", channel, node.label)
            .isEqualTo(new Occupancy(subscriptions, members.size()));
        assertThat(node.members(channel)).as("%s on %s", channel, node.label).isEqualTo(members);
        assertThat(node.events.counts.getOrDefault(channel, 0))
            .as("%s on %s", channel, node.label)
            .isEqualTo(subscriptions);
        assertThat(node.events.members.getOrDefault(channel, Set.of()))
            .as("%s on %s", channel, node.label)
            .isEqualTo(members);
        for (Visitor visitor : node.visitors.all()) {
          if (visitor.follows(channel)) {
            assertThat(visitor.knows(channel))
                .as("%s on %s", channel, node.label)
                .isEqualTo(members);
          }
        }
      }
      checkInfos(channel);
    }
  }

  /**
   * Every follower is shown the same infos. A member's own connection is one of them, and its node
   * needs nobody to know the info.
   */
  private void checkInfos(Channel channel) {
    Map<String, String> infos = null;
    for (SimulatedNode node : nodes) {
      for (Visitor visitor : node.visitors.all()) {
        if (visitor.follows(channel)) {
          infos = infos == null ? visitor.infos(channel) : infos;
          assertThat(visitor.infos(channel))
              .as("infos of %s on %s", channel, node.label)
              .isEqualTo(infos);
        }
      }
    }
  }
}
