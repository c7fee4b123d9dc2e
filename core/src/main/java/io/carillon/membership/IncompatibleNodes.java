package io.carillon.membership;

import io.carillon.membership.Heartbeat.Phase;
import io.carillon.message.Incarnation;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that live and are too far apart in version from this node. Neither side reads the
 * other's messages about the cluster, so both in use would be two clusters on one bus.
 *
 * <p><b>Which node stays out.</b> A node that takes clients goes on, and the one that joins stays
 * out: a wrong deployment takes down no cluster. Of two nodes that both join, the one of the lower
 * version stays out, because the remedy is to update it. A node that stays out keeps nobody out.
 *
 * <p>Owned by the cluster's loop, except where a method says otherwise.
 */
final class IncompatibleNodes {

  private static final Logger log = LoggerFactory.getLogger(IncompatibleNodes.class);

  /** More nodes than this are not noticed. */
  private static final int MAX_NODES = 1_000;

  private final int version;
  private final Map<Incarnation, Peer> nodes = new LinkedHashMap<>();

  /** Written by the loop. */
  private volatile @Nullable Incompatibility worst;

  /**
   * @param version the version that this node writes
   */
  IncompatibleNodes(int version) {
    this.version = version;
  }

  /**
   * A heartbeat of such a node.
   *
   * @return whether the node was not known
   */
  boolean hear(Incarnation node, Heartbeat heartbeat, long nowNanos) {
    Peer known = nodes.get(node);
    boolean isNew = known == null && heartbeat.phase() != Phase.LEAVING && nodes.size() < MAX_NODES;
    if (heartbeat.phase() == Phase.LEAVING) {
      nodes.remove(node);
    } else if (isNew) {
      nodes.put(node, new Peer(node, heartbeat, nowNanos));
    } else if (known != null && heartbeat.number() > known.last().number()) {
      known.hear(heartbeat, nowNanos);
    }
    choose();
    if (isNew) {
      Incompatibility found = of(node, heartbeat);
      log.warn("{}; {}", found.reason(), found.remedy());
    }
    return isNew;
  }

  /** Silence counts from now on. */
  void forgiveSilence(long nowNanos) {
    nodes.values().forEach(node -> node.forgiveSilence(nowNanos));
  }

  /** Forgets the nodes that were silent for this long. */
  void buryTheSilent(long nowNanos, Duration timeout) {
    nodes.values().removeIf(node -> nowNanos - node.heardNanos() >= timeout.toNanos());
    choose();
  }

  /** Whether this node, which joins, must take no clients. */
  boolean keepOut() {
    return nodes.values().stream().anyMatch(this::keepsOut);
  }

  private boolean keepsOut(Peer node) {
    return switch (node.last().phase()) {
      case READY -> true;
      case JOINING -> node.last().version() > version;
      case KEPT_OUT, LEAVING -> false;
    };
  }

  /**
   * One of these nodes, if there is any: one that keeps this node out before another. Any thread.
   */
  Optional<Incompatibility> worst() {
    return Optional.ofNullable(worst);
  }

  /** These nodes as they were last heard. */
  List<Sighting> seen(long nowNanos) {
    return nodes.values().stream().map(node -> node.seen(nowNanos)).sorted(Sighting.ORDER).toList();
  }

  private void choose() {
    worst =
        nodes.values().stream()
            .max(Comparator.comparing(this::keepsOut))
            .map(node -> of(node.node(), node.last()))
            .orElse(null);
  }

  private Incompatibility of(Incarnation node, Heartbeat heartbeat) {
    return new Incompatibility(node, heartbeat.label(), heartbeat.version(), version);
  }
}
