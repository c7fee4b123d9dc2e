package io.carillon.membership;

import io.carillon.message.Incarnation;

/**
 * A node lives whose messages this node can't read, and which can't read the messages of this node,
 * because their versions are too far apart.
 *
 * @param node the other node's incarnation
 * @param label the other node's name, for people
 * @param theirVersion the version of the cluster's messages that the other node writes
 * @param ownVersion the version that this node writes
 */
public record Incompatibility(Incarnation node, String label, int theirVersion, int ownVersion) {

  /** The reason in one sentence without a full stop, for people. */
  public String reason() {
    return "node %s (%s) writes version %d of the cluster's messages, and this node version %d: they do not understand each other"
        .formatted(label, node, theirVersion, ownVersion);
  }

  /** What an operator does about it, in one sentence without a full stop. */
  public String remedy() {
    return theirVersion < ownVersion
        ? "update the older nodes to version %d first, one version at a time, node by node"
            .formatted(ownVersion - 1)
        : "update this node to version %d, one version at a time".formatted(theirVersion - 1);
  }
}
