package io.carillon.view;

import io.carillon.membership.Heartbeat.SliceMark;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import io.carillon.message.PayloadReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another node's slice, as this node knows it. It follows that node's numbered deltas. When one is
 * missing, or the digests differ, it needs a snapshot; until the snapshot is complete it keeps what
 * it has. Owned by the cluster's loop.
 */
final class Replica {

  /** More deltas than this are not kept during a snapshot; the next heartbeat shows the hole. */
  private static final int MAX_KEPT_BYTES = 8 << 20;

  /** A delta that waits for the snapshot to be complete. */
  private record Kept(long version, Payload payload) {}

  /** A snapshot that comes in. */
  private static final class Feeding {
    private final long request;
    private final Slice slice = new Slice();
    private int next;
    private long version;

    Feeding(long request) {
      this.request = request;
    }
  }

  private final Incarnation node;
  private Slice slice = new Slice();
  private long version;

  /** From this version on the digest is comparable: earlier, a snapshot may have told more. */
  private long comparable;

  /** The version that the node's last heartbeat has told. */
  private long told;

  private boolean isFed;
  private boolean wasFed;
  private @Nullable Feeding feeding;
  private long waitsSince;
  private final Queue<Kept> kept = new ArrayDeque<>();
  private int keptBytes;
  private final Set<String> changedTallies = new HashSet<>();
  private final CheckpointDrafts checkpoints = new CheckpointDrafts();

  Replica(Incarnation node) {
    this.node = node;
  }

  /** Whether it has everything that the node has told so far. */
  boolean isFed() {
    return isFed;
  }

  /** Whether it was complete at any time. */
  boolean wasFed() {
    return wasFed;
  }

  /** Whether a snapshot was asked for, and something of it has come since a moment. */
  boolean isFedSince(long nanos) {
    return feeding != null && waitsSince - nanos > 0;
  }

  Slice slice() {
    return slice;
  }

  /** The names of the tallies that may have changed since the last call. */
  Set<String> takeChangedTallies() {
    Set<String> names = Set.copyOf(changedTallies);
    changedTallies.clear();
    return names;
  }

  /** The changes of checkpoints since the last call, in order. */
  List<CheckpointChange> takeCheckpoints() {
    return checkpoints.take();
  }

  /** Its size, and how far it is behind the node. */
  SliceReport report() {
    return slice.report(isFed, Math.max(0, told - version), 0);
  }

  /** A snapshot was asked for. */
  void onAsked(long request, long nowNanos) {
    feeding = new Feeding(request);
    waitsSince = nowNanos;
  }

  /**
   * Compares the slice with what the node says of its own; a difference makes it need a snapshot. A
   * node that has never told anything needs none.
   *
   * @return false when a digest differs although no delta is missing
   */
  boolean compare(SliceMark mark) {
    told = mark.version();
    if (!isFed) {
      if (mark.version() == 0 && feeding == null) {
        isFed = true;
        wasFed = true;
      }
      return true;
    }
    if (mark.version() < version) {
      return true; // Sent before the snapshot that has come, and slower.
    }
    if (mark.version() > version) {
      isFed = false;
      return true;
    }
    if (version >= comparable && slice.digest() != mark.digest()) {
      isFed = false;
      return false;
    }
    return true;
  }

  /**
   * Takes a delta, or keeps it until the snapshot is complete.
   *
   * @return what has changed
   */
  List<ViewChange> take(Payload payload) throws IOException {
    PayloadReader in = new PayloadReader(payload);
    long next = in.i64();
    if (isFed && next > version + 1) {
      isFed = false; // A delta is missing.
    }
    if (!isFed) {
      keep(new Kept(next, payload));
      return List.of();
    }
    if (next <= version) {
      return List.of(); // It came twice.
    }
    version = next;
    Recorder recorder = new Recorder();
    try {
      SliceEntries.read(in, recorder);
    } catch (IOException malformed) {
      isFed = false; // The entries before the fault have changed the slice, so they are told.
    }
    return recorder.changes;
  }

  private void keep(Kept delta) {
    if (keptBytes + delta.payload.size() > MAX_KEPT_BYTES) {
      forgetKept();
    }
    kept.add(delta);
    keptBytes += delta.payload.size();
  }

  private void forgetKept() {
    kept.clear();
    keptBytes = 0;
  }

  /**
   * Takes a piece of a snapshot. A piece of another snapshot is ignored; one that is missing makes
   * it necessary to ask again.
   *
   * @return what has changed, when this was the last piece
   */
  List<ViewChange> take(Piece piece, long nowNanos) throws IOException {
    Feeding current = feeding;
    if (current == null || piece.request() != current.request) {
      return List.of();
    }
    if (piece.index() != current.next) {
      feeding = null;
      return List.of();
    }
    if (piece.index() == 0) {
      current.version = piece.version();
    }
    current.next++;
    waitsSince = nowNanos;
    SliceEntries.read(piece.entries(), new Filler(current.slice));
    return piece.isLast() ? complete(current, piece.told()) : List.of();
  }

  /**
   * Puts a snapshot in the slice's place.
   *
   * @param contained the version whose delta is the last that the snapshot contains
   */
  private List<ViewChange> complete(Feeding done, long contained) {
    feeding = null;
    isFed = true;
    wasFed = true;
    long reached = applyKept(done);
    forgetKept();
    changedTallies.addAll(slice.tallies());
    changedTallies.addAll(done.slice.tallies());
    List<ViewChange> changes = slice.changesTo(done.slice, node);
    checkpoints.replace(slice.checkpointsTo(done.slice));
    slice = done.slice;
    version = reached;
    comparable = contained;
    return changes;
  }

  /**
   * Applies the kept deltas that follow a snapshot, up to one that is missing or malformed: then
   * the slice is needed again.
   *
   * @return the version of the last delta that was applied
   */
  private long applyKept(Feeding done) {
    long reached = done.version;
    Filler filler = new Filler(done.slice);
    for (Kept delta : kept) {
      if (delta.version <= reached) {
        continue;
      }
      if (delta.version > reached + 1) {
        isFed = false;
        break;
      }
      reached = delta.version;
      try {
        PayloadReader in = new PayloadReader(delta.payload);
        in.i64(); // The version.
        SliceEntries.read(in, filler);
      } catch (IOException malformed) {
        isFed = false;
        break;
      }
    }
    return reached;
  }

  /** Puts entries into a slice. */
  private record Filler(Slice into) implements SliceEntries.Reader {
    @Override
    public void count(Channel channel, int subscriptions) {
      into.count(channel, subscriptions);
    }

    @Override
    public void put(Channel channel, MemberMark member) {
      into.put(channel, member);
    }

    @Override
    public void remove(Channel channel, String memberId) {
      into.remove(channel, memberId);
    }

    @Override
    public void tally(String name, int count) {
      into.tally(name, count);
    }

    @Override
    public void tell(Channel channel, String memberId, Told told) {
      into.tell(channel, memberId, told);
    }

    @Override
    public void checkpoint(Channel channel, CheckpointHead head) {
      into.checkpoint(channel, head);
    }
  }

  /** Puts entries into the slice, and records what they change. */
  private final class Recorder implements SliceEntries.Reader {
    private final List<ViewChange> changes = new ArrayList<>();

    @Override
    public void count(Channel channel, int subscriptions) {
      int difference = subscriptions - slice.count(channel, subscriptions);
      if (difference != 0) {
        changes.add(new ViewChange.Counted(channel, difference));
      }
    }

    @Override
    public void put(Channel channel, MemberMark member) {
      if (!member.equals(slice.put(channel, member))) {
        changes.add(new ViewChange.Joined(channel, node, member));
      }
    }

    @Override
    public void remove(Channel channel, String memberId) {
      if (slice.remove(channel, memberId) != null) {
        changes.add(new ViewChange.Left(channel, node, memberId));
      }
    }

    @Override
    public void tally(String name, int count) {
      if (slice.tally(name, count) != count) {
        changedTallies.add(name);
      }
    }

    @Override
    public void tell(Channel channel, String memberId, Told told) {
      if (slice.tell(channel, memberId, told)) {
        checkpoints.tell(channel, memberId, told);
      }
    }

    @Override
    public void checkpoint(Channel channel, CheckpointHead head) {
      slice.checkpoint(channel, head);
      checkpoints.end(channel, head);
    }
  }
}
