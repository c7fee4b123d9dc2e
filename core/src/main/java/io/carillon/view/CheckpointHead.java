package io.carillon.view;

import io.carillon.message.Incarnation;
import java.util.Map;

/**
 * What a node has told of a channel, beside its members.
 *
 * @param number counts the node's reports about the channel; 0 when nothing was accepted yet
 * @param serial by which the outside knows the last report that it has accepted; the report under
 *     way has the next one
 * @param occupied whether the channel was told as occupied
 * @param subscriptions the last number of subscriptions that was told; 0 if none was; {@link
 *     #IN_DOUBT} if one is being told
 * @param covered the numbers of other nodes' checkpoints that this one has gone on from
 */
public record CheckpointHead(
    long number, long serial, Told occupied, int subscriptions, Map<Incarnation, Long> covered) {

  /** There is no checkpoint. */
  public static final CheckpointHead NONE = new CheckpointHead(-1, 0, Told.NO, 0, Map.of());

  /** Nothing was told yet. */
  public static final CheckpointHead NOTHING = new CheckpointHead(0, 0, Told.NO, 0, Map.of());

  /** A number of subscriptions that the outside may believe or not. */
  public static final int IN_DOUBT = -1;

  public CheckpointHead {
    covered = Map.copyOf(covered);
  }

  /**
   * Nothing was told yet. The numbers of a node's checkpoint don't begin twice with the same one,
   * since another node may remember that it has gone on from the earlier ones.
   *
   * @param serial the one before that of the first report
   */
  public static CheckpointHead begin(long serial) {
    return new CheckpointHead(serial, serial, Told.NO, 0, Map.of());
  }

  /** Whether there is no checkpoint. */
  public boolean isNone() {
    return number < 0;
  }

  /** Whether a node's checkpoint with this number needs no regard beside this one. */
  public boolean covers(Incarnation node, long number) {
    return covered.getOrDefault(node, -1L) >= number;
  }

  /** Equal heads have equal hashes, on all nodes. */
  long hash(long seed) {
    if (isNone()) {
      return 0;
    }
    long hash = Digests.mixed(seed + number);
    hash = Digests.mixed(hash + serial);
    hash = Digests.mixed(hash + subscriptions);
    hash = Digests.mixed(hash + occupied.code());
    for (Map.Entry<Incarnation, Long> entry : covered.entrySet()) {
      Incarnation node = entry.getKey();
      hash += Digests.mixed(Digests.mixed(node.high() ^ node.low()) + entry.getValue());
    }
    return hash;
  }
}
