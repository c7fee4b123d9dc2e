package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Lane;
import io.carillon.message.Incarnation;
import java.util.Locale;

/**
 * The names of the channels in Redis that a cluster uses. Encoded names of channels have no colon,
 * so they meet no other name.
 *
 * @param root how all of them begin
 */
record Names(String root) {

  /** A later version of the envelope uses other names. */
  private static final String VERSION = "v1:";

  /**
   * @param prefix the cluster's
   */
  static Names of(String prefix) {
    return new Names(prefix + VERSION);
  }

  /** How the names of all channels begin to which publications go. */
  String channels() {
    return root + "channel:";
  }

  /** Where control messages for all nodes go. */
  String nodes() {
    return root + "nodes";
  }

  /** Where messages for one node go on a lane. */
  String node(Lane lane, Incarnation node) {
    return root + "node:" + node + ":" + lower(lane);
  }

  /**
   * Where a node hears its own probes of a lane. It is subscribed for as long as the node is up.
   */
  String probes(Lane lane, Incarnation node) {
    return root + "node:" + node + ":probes:" + lower(lane);
  }

  /** The probes' name of the node to which bulk messages go by this name. */
  static String probesOfBulk(String bulk) {
    int lane = bulk.lastIndexOf(':');
    return bulk.substring(0, lane) + ":probes" + bulk.substring(lane);
  }

  private static String lower(Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT);
  }
}
