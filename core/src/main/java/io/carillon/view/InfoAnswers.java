package io.carillon.view;

import io.carillon.hub.Hub;
import io.carillon.hub.Loop;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers other nodes that ask for the infos of this node's members. Short answers go on the
 * control lane, long ones in pieces on the bulk lane, the next piece when the bus has the one
 * before. A member that this node no longer has is not answered: the delta that says so is sent
 * first. Owned by the cluster's loop.
 */
final class InfoAnswers {

  private static final Logger log = LoggerFactory.getLogger(InfoAnswers.class);

  /** More members than this are not remembered for one node, which asks for the rest again. */
  private static final int MAX_WAITING = 4_096;

  /** A piece is sent when it has this many bytes. */
  private static final int FULL_PIECE = 96 << 10;

  /** An answer of at most this many bytes goes on the control lane. */
  private static final int SHORT = 16 << 10;

  private final Hub hub;
  private final Loop loop;
  private final OwnSlice own;
  private final Runnable flush;
  private final ViewCounters counters;

  /**
   * What nodes have asked for and were not sent yet; an entry lives while a piece is on its way.
   */
  private final Map<Incarnation, Set<MemberKey>> asked = new HashMap<>();

  /**
   * @param flush sends the deltas of all changes so far
   */
  InfoAnswers(Hub hub, Loop loop, OwnSlice own, Runnable flush, ViewCounters counters) {
    this.hub = hub;
    this.loop = loop;
    this.own = own;
    this.flush = flush;
    this.counters = counters;
  }

  void onAsk(Incarnation node, Payload payload) throws IOException {
    Set<MemberKey> waiting = asked.get(node);
    if (waiting != null) {
      InfoCodec.read(payload, new Asked(waiting));
      return;
    }
    Set<MemberKey> members = new LinkedHashSet<>();
    InfoCodec.read(payload, new Asked(members));
    asked.put(node, members);
    sendNext(node, members);
  }

  /** Collects the members that a node asks for. */
  private record Asked(Set<MemberKey> members) implements InfoCodec.Reader {
    @Override
    public void asked(MemberKey member) {
      if (members.size() < MAX_WAITING) {
        members.add(member);
      }
    }

    @Override
    public void info(MemberKey member, long mark, String info) {}
  }

  void onGone(Incarnation node) {
    asked.remove(node);
  }

  private void sendNext(Incarnation node, Set<MemberKey> members) {
    assert loop.inLoop();
    flush.run();
    InfoCodec.Writer piece = new InfoCodec.Writer();
    Iterator<MemberKey> all = members.iterator();
    while (piece.size() < FULL_PIECE && all.hasNext()) {
      MemberKey key = all.next();
      all.remove();
      MemberMark member = own.slice().member(key.channel(), key.id());
      if (member != null && member.hasInfo()) {
        piece.info(key, member.mark(), own.info(key.channel(), key.id()));
      }
    }
    if (piece.size() == 0) {
      asked.remove(node, members);
      return;
    }
    counters.infoBytes.add(piece.size());
    send(piece.payload(), node)
        .whenCompleteAsync((sent, failure) -> onSent(node, members, failure), loop);
  }

  private CompletionStage<Void> send(Payload piece, Incarnation node) {
    return piece.size() <= SHORT
        ? hub.control(InfoCodec.ANSWER, piece, node)
        : hub.bulk(InfoCodec.ANSWER, piece, node);
  }

  @SuppressWarnings("ReferenceEquality") // The node may have gone, come back and asked anew.
  private void onSent(Incarnation node, Set<MemberKey> members, @Nullable Throwable failure) {
    if (asked.get(node) != members) {
      return;
    }
    if (failure == null) {
      sendNext(node, members);
    } else {
      log.debug("Infos of this node's members were not sent to {}", node, failure);
      asked.remove(node);
    }
  }
}
