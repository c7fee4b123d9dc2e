package io.carillon.adapter.redis;

import io.carillon.adapter.kit.Lane;
import io.carillon.message.Incarnation;
import java.util.Locale;

/**
 * The names of the channels in Redis that a cluster uses. Encoded names of channels have no colon,
 * so they meet no other name.
 *
 * <p>In a cluster of Redis a name's slot follows from the part in braces if there is one. So all
 * names of the control lane are in one slot, and one server keeps the order of its messages; the
 * same holds for the bulk lane.
 *
 * @param root how all of them begin
 * @param inCluster whether they are the names in a cluster of Redis
 */
record Names(String root, boolean inCluster) {

  /** A later version of the envelope uses other names. */
  private static final String VERSION = "v1:";

  /** The names that a configuration asks for. */
  static Names of(RedisConfig config) {
    return new Names(config.prefix() + VERSION, config.address().pubSub() != null);
  }

  /** How the names of all channels begin to which publications go. */
  String channels() {
    return root + "channel:";
  }

  /** Where control messages for all nodes go. */
  String nodes() {
    return lane(Lane.CONTROL) + "nodes";
  }

  /** Where messages for one node go on a lane. */
  String node(Lane lane, Incarnation node) {
    return lane(lane) + "node:" + node + ":" + lower(lane);
  }

  /**
   * Where a node hears its own probes of a lane. It is subscribed for as long as the node is up.
   */
  String probes(Lane lane, Incarnation node) {
    return lane(lane) + "node:" + node + ":probes:" + lower(lane);
  }

  /**
   * Where a node hears its own probes of the publications of one master in a cluster.
   *
   * @param tag decides the slot
   */
  String probesAt(int tag, Incarnation node) {
    return root + "{" + tag + "}:node:" + node + ":probes:" + lower(Lane.PUBLICATIONS);
  }

  private String lane(Lane lane) {
    return inCluster ? root + "{" + lower(lane) + "}:" : root;
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
