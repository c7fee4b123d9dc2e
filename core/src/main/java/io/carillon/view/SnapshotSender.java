package io.carillon.view;

import io.carillon.hub.Hub;
import io.carillon.hub.Loop;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import io.carillon.message.PayloadWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends this node's slice to one node that has asked for it, piece by piece, on the bulk lane. The
 * next piece is made when the bus has the one before, so that a large slice takes little memory and
 * delays nothing.
 *
 * <p>A piece tells the state of the moment in which it is made. The pieces name the slice's version
 * at their beginning: the deltas that follow it repeat what a later piece has told already, and add
 * what no piece has told. Owned by the cluster's loop.
 */
final class SnapshotSender {

  private static final Logger log = LoggerFactory.getLogger(SnapshotSender.class);

  /** A piece is sent when it has this many bytes. */
  private static final int FULL_PIECE = 96 << 10;

  private final Hub hub;
  private final Loop loop;
  private final OwnSlice own;
  private final Runnable flush;
  private final Runnable end;
  private final long request;
  private final Incarnation to;
  private final long version;
  private final Iterator<Channel> channels;
  private final Iterator<String> tallies;
  private Iterator<String> memberIds = List.<String>of().iterator();
  private Iterator<String> toldIds = List.<String>of().iterator();
  private boolean isCheckpointLeft;
  private Channel channel = Channel.ofTopic("-");
  private int index;
  private boolean isCancelled;

  /**
   * @param flush sends the deltas of all changes so far
   * @param end is run when the last piece was sent, or one was not
   * @param request what the node that asks calls this snapshot
   */
  SnapshotSender(
      Hub hub,
      Loop loop,
      OwnSlice own,
      Runnable flush,
      Runnable end,
      long request,
      Incarnation to) {
    flush.run();
    this.hub = hub;
    this.loop = loop;
    this.own = own;
    this.flush = flush;
    this.end = end;
    this.request = request;
    this.to = to;
    this.version = own.mark().version();
    this.tallies = new ArrayList<>(own.slice().tallies()).iterator();
    this.channels = new ArrayList<>(own.slice().channels()).iterator();
  }

  void cancel() {
    isCancelled = true;
  }

  void sendNext() {
    assert loop.inLoop();
    if (isCancelled) {
      return;
    }
    flush.run();
    PayloadWriter entries = new PayloadWriter();
    while (entries.size() < FULL_PIECE && hasMore()) {
      write(entries);
    }
    boolean isLast = !hasMore();
    Payload piece = Piece.encode(request, version, index++, isLast, own.mark().version(), entries);
    hub.bulk(Piece.TYPE, piece, to)
        .whenCompleteAsync(
            (sent, failure) -> {
              if (failure == null && !isLast) {
                sendNext();
                return;
              }
              if (failure != null) {
                log.debug("A piece of this node's slice was not sent to {}", to, failure);
              }
              if (!isCancelled) {
                end.run();
              }
            },
            loop);
  }

  private boolean hasMore() {
    return memberIds.hasNext()
        || toldIds.hasNext()
        || isCheckpointLeft
        || channels.hasNext()
        || tallies.hasNext();
  }

  private void write(PayloadWriter out) {
    Slice slice = own.slice();
    if (tallies.hasNext()) {
      String name = tallies.next();
      SliceEntries.writeTally(out, name, slice.tally(name));
    } else if (memberIds.hasNext()) {
      MemberMark member = slice.member(channel, memberIds.next());
      if (member != null) {
        SliceEntries.writeMember(out, channel, member);
      }
    } else if (toldIds.hasNext()) {
      String id = toldIds.next();
      Checkpoint told = slice.checkpoint(channel);
      if (told != null) {
        SliceEntries.writeTold(out, channel, id, told.member(id));
      }
    } else if (isCheckpointLeft) {
      isCheckpointLeft = false;
      Checkpoint told = slice.checkpoint(channel);
      if (told != null) {
        SliceEntries.writeCheckpoint(out, channel, told.head());
      }
    } else {
      channel = channels.next();
      int subscriptions = slice.subscriptions(channel);
      if (subscriptions > 0) {
        SliceEntries.writeCount(out, channel, subscriptions);
      }
      memberIds = new ArrayList<>(slice.memberIds(channel)).iterator();
      Checkpoint told = slice.checkpoint(channel);
      if (told != null) {
        toldIds = new ArrayList<>(told.members().keySet()).iterator();
        isCheckpointLeft = true;
      }
    }
  }
}
