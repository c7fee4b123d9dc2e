package io.carillon.view;

import java.util.concurrent.atomic.LongAdder;

/** What a view has done so far. Any thread reads. */
final class ViewCounters {

  /** Deltas that were sent. */
  final LongAdder deltas = new LongAdder();

  /** The payload bytes of these. */
  final LongAdder deltaBytes = new LongAdder();

  /** Snapshots that other nodes have asked for. */
  final LongAdder snapshots = new LongAdder();

  /** Snapshots that this node has asked for. */
  final LongAdder asked = new LongAdder();

  /** Replicas that differed although no delta was missing. */
  final LongAdder differences = new LongAdder();

  /** Infos of members that this node has asked for. */
  final LongAdder infosAsked = new LongAdder();

  /** The payload bytes of messages that told infos of this node's members. */
  final LongAdder infoBytes = new LongAdder();

  /** Messages that could not be read. */
  final LongAdder unreadable = new LongAdder();

  ViewStats stats(ViewStats.Size size) {
    return new ViewStats(
        size,
        deltas.sum(),
        deltaBytes.sum(),
        snapshots.sum(),
        asked.sum(),
        differences.sum(),
        infosAsked.sum(),
        infoBytes.sum(),
        unreadable.sum());
  }
}
