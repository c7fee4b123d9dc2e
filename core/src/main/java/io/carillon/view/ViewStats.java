package io.carillon.view;

/**
 * The figures of a view.
 *
 * @param size how large it is
 * @param deltas messages that told changes of this node's slice
 * @param deltaBytes their payload bytes
 * @param snapshotsSent snapshots of this node's slice that others have asked for
 * @param snapshotsAsked snapshots that this node has asked for
 * @param differences replicas that differed from their node's slice although no delta was missing
 * @param infosAsked infos of other nodes' members that this node has asked for
 * @param infoBytes the payload bytes of messages that told infos of this node's members
 * @param unreadable messages of other nodes that could not be read
 */
public record ViewStats(
    Size size,
    long deltas,
    long deltaBytes,
    long snapshotsSent,
    long snapshotsAsked,
    long differences,
    long infosAsked,
    long infoBytes,
    long unreadable) {

  /** Of a view that has not begun. */
  static final ViewStats NONE =
      new ViewStats(new Size(false, 0, 0, 0, 0, 0), 0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * The size of a view.
   *
   * @param isReady whether the node has joined
   * @param peers how many other nodes live
   * @param incomplete of how many of them a part is missing
   * @param channels the channels of all slices; a channel of several nodes counts for each
   * @param members the members of all slices; a member of several nodes counts for each
   * @param bytes the memory that the slices take, roughly
   */
  public record Size(
      boolean isReady, int peers, int incomplete, long channels, long members, long bytes) {}
}
