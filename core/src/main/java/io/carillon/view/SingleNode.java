package io.carillon.view;

import io.carillon.broker.Peers;
import io.carillon.membership.Heartbeat;
import io.carillon.membership.Incompatibility;
import io.carillon.membership.Sighting;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.metrics.MetricSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;

/** A node that has no others beside it. */
public final class SingleNode implements Cluster, ClusterView, Checkpoints {

  private final Sighting self;

  /**
   * @param label the node's name, for people
   */
  public SingleNode(Incarnation node, String label) {
    this.self = new Sighting(node, label, Heartbeat.VERSION, Heartbeat.Phase.READY, Duration.ZERO);
  }

  @Override
  public ClusterView view() {
    return this;
  }

  @Override
  public Checkpoints checkpoints() {
    return this;
  }

  @Override
  public Peers peers() {
    return Peers.NONE;
  }

  @Override
  public CompletionStage<Void> start() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public Optional<Incompatibility> incompatibility() {
    return Optional.empty();
  }

  /** There is nothing that it could miss. */
  @Override
  public Duration viewAge() {
    return Duration.ZERO;
  }

  @Override
  public CompletionStage<Void> leave() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<ClusterReport> report() {
    return CompletableFuture.completedStage(
        new ClusterReport(
            true,
            Duration.ZERO,
            new ClusterReport.Node(self, null),
            List.of(),
            List.of(),
            List.of()));
  }

  @Override
  public List<MetricSource> metrics() {
    return List.of();
  }

  @Override
  public void close() {}

  @Override
  public void listen(ViewListener listener) {}

  /** All channels are placed here, from now on. */
  @Override
  public void listen(CheckpointListener only) {
    only.onPlacement(new Placement(1, self.node(), Set.of(self.node())), System.nanoTime());
  }

  @Override
  public boolean mayTell(Placement placement) {
    return true;
  }

  /** Nobody goes on from there. */
  @Override
  public CompletionStage<Void> keep(CheckpointChange change) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void counted(Channel channel, int subscriptions) {}

  @Override
  public void joined(Channel channel, Member member, long order) {}

  @Override
  public void left(Channel channel, String memberId) {}

  @Override
  public void follow(Channel channel) {}

  @Override
  public void unfollow(Channel channel) {}

  @Override
  public void tally(String name, IntSupplier count) {}

  @Override
  public Others others(String name) {
    return Others.NONE;
  }

  @Override
  public boolean hasRoom(Member member) {
    return true;
  }
}
