package io.carillon.view;

import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import java.util.Set;

/**
 * Chooses one node for each channel, by rendezvous hashing: when a node comes or goes, only its own
 * channels are placed anew.
 *
 * @param lease counts how often this node was allowed to tell anew
 * @param self this node
 * @param nodes the nodes to choose from; without this node until it is ready
 */
public record Placement(long lease, Incarnation self, Set<Incarnation> nodes) {

  public Placement {
    nodes = Set.copyOf(nodes);
  }

  /** Whether the channel is placed on this node. */
  public boolean isMine(Channel channel) {
    if (!nodes.contains(self)) {
      return false;
    }
    long bits = ((long) channel.app().hashCode() << 32) ^ channel.name().hashCode();
    long mine = score(bits, self);
    for (Incarnation node : nodes) {
      if (isBefore(score(bits, node), node, mine)) {
        return false;
      }
    }
    return true;
  }

  /** Equal scores are as good as impossible; the order of the incarnations decides then. */
  private boolean isBefore(long score, Incarnation node, long mine) {
    if (score != mine) {
      return score > mine;
    }
    int order = Long.compare(node.high(), self.high());
    return order > 0 || (order == 0 && node.low() > self.low());
  }

  private static long score(long channel, Incarnation node) {
    return Digests.mixed(Digests.mixed(channel ^ node.high()) ^ node.low());
  }
}
