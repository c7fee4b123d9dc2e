package io.carillon.view;

import io.carillon.hub.Hub;
import io.carillon.hub.Loop;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Asks other nodes for the infos of their members, in the channels that this node follows.
 *
 * <p>Questions of one tick go to a node together. A question that is not answered is asked again
 * with a later heartbeat of the node, until the member or the node is gone, or nobody here follows
 * the channel any more. This class keeps no infos. Owned by the cluster's loop.
 */
final class InfoRequests {

  /** So many members of one node are asked for at a time; the others wait for these answers. */
  private static final int MAX_ASKED = 1_024;

  /** A message is sent when it has this many bytes. */
  private static final int FULL_MESSAGE = 24 << 10;

  /** A question that is older than this is asked again. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** What is open with one node. */
  private static final class Open {
    private final Set<MemberKey> waiting = new LinkedHashSet<>();

    /** With the times of the questions, in this order. */
    private final Map<MemberKey, Long> asked = new LinkedHashMap<>();
  }

  private final Hub hub;
  private final Loop loop;
  private final Duration tick;
  private final LongSupplier nanoClock;
  private final Map<Incarnation, Replica> replicas;
  private final ViewCounters counters;
  private final Set<Channel> followed = new HashSet<>();
  private final Map<Incarnation, Open> open = new HashMap<>();
  private boolean isScheduled;

  /** The time of the last questions. */
  private long askedNanos;

  /**
   * @param replicas the slices of the other nodes
   */
  InfoRequests(
      Hub hub,
      Loop loop,
      Duration tick,
      LongSupplier nanoClock,
      Map<Incarnation, Replica> replicas,
      ViewCounters counters) {
    this.hub = hub;
    this.loop = loop;
    this.tick = tick;
    this.nanoClock = nanoClock;
    this.replicas = replicas;
    this.counters = counters;
    this.askedNanos = nanoClock.getAsLong() - tick.toNanos();
  }

  void follow(Channel channel) {
    assert loop.inLoop();
    followed.add(channel);
    replicas.forEach(
        (node, replica) -> {
          for (String id : replica.slice().memberIds(channel)) {
            MemberMark member = replica.slice().member(channel, id);
            if (member != null) {
              want(channel, node, member);
            }
          }
        });
  }

  /** Questions about the channel that are open are dropped when it is their turn. */
  void unfollow(Channel channel) {
    assert loop.inLoop();
    followed.remove(channel);
  }

  /** The replicas have changed. */
  void onChanges(List<ViewChange> changes) {
    for (ViewChange change : changes) {
      switch (change) {
        case ViewChange.Counted _ -> {}
        case ViewChange.Joined(Channel channel, Incarnation node, MemberMark member) ->
            want(channel, node, member);
        case ViewChange.Left(Channel channel, Incarnation node, String id) ->
            drop(node, new MemberKey(channel, id));
        case ViewChange.Informed(Channel channel, Incarnation node, String id, long mark, var _) ->
            onAnswered(node, new MemberKey(channel, id), mark);
      }
    }
  }

  private void want(Channel channel, Incarnation node, MemberMark member) {
    MemberKey key = new MemberKey(channel, member.id());
    if (!member.hasInfo()) {
      drop(node, key);
    } else if (followed.contains(channel)) {
      Open with = open.computeIfAbsent(node, _ -> new Open());
      if (!with.asked.containsKey(key)) {
        with.waiting.add(key);
        schedule();
      }
    }
  }

  private void drop(Incarnation node, MemberKey key) {
    Open with = open.get(node);
    if (with != null) {
      with.waiting.remove(key);
      with.asked.remove(key);
    }
  }

  /** The answer may be older than what the replica tells by now; then it is asked again. */
  private void onAnswered(Incarnation node, MemberKey key, long mark) {
    Replica replica = replicas.get(node);
    MemberMark member = replica == null ? null : replica.slice().member(key.channel(), key.id());
    drop(node, key);
    if (member != null && member.mark() != mark) {
      want(key.channel(), node, member);
    }
    if (open.containsKey(node)) {
      schedule(); // Others may have waited for this answer.
    }
  }

  /** Reads an answer. */
  List<ViewChange> take(Incarnation node, Payload payload) throws IOException {
    List<ViewChange> infos = new ArrayList<>();
    InfoCodec.read(
        payload,
        new InfoCodec.Reader() {
          @Override
          public void asked(MemberKey member) {}

          @Override
          public void info(MemberKey member, long mark, String info) {
            infos.add(new ViewChange.Informed(member.channel(), node, member.id(), mark, info));
          }
        });
    return infos;
  }

  /** Asks again for what was not answered. */
  void onHeartbeat(Incarnation node) {
    Open with = open.get(node);
    if (with == null) {
      return;
    }
    long latest = nanoClock.getAsLong() - RETRY.toNanos();
    Iterator<Map.Entry<MemberKey, Long>> asked = with.asked.entrySet().iterator();
    while (asked.hasNext()) {
      Map.Entry<MemberKey, Long> next = asked.next();
      if (next.getValue() - latest > 0) {
        break; // Later ones were asked later.
      }
      with.waiting.add(next.getKey());
      asked.remove();
    }
    schedule();
  }

  void onGone(Incarnation node) {
    open.remove(node);
  }

  /** Questions are a tick apart; the first one waits only for what the loop has to do before. */
  private void schedule() {
    if (isScheduled) {
      return;
    }
    isScheduled = true;
    Duration rest = tick.minus(Duration.ofNanos(nanoClock.getAsLong() - askedNanos));
    if (rest.isPositive()) {
      loop.schedule(this::ask, rest);
    } else {
      loop.execute(this::ask);
    }
  }

  private void ask() {
    assert loop.inLoop();
    isScheduled = false;
    open.forEach(this::ask);
    open.values().removeIf(with -> with.waiting.isEmpty() && with.asked.isEmpty());
  }

  private void ask(Incarnation node, Open with) {
    long now = nanoClock.getAsLong();
    InfoCodec.Writer message = new InfoCodec.Writer();
    Iterator<MemberKey> waiting = with.waiting.iterator();
    while (waiting.hasNext() && with.asked.size() < MAX_ASKED) {
      MemberKey next = waiting.next();
      waiting.remove();
      if (!followed.contains(next.channel())) {
        continue;
      }
      message.ask(next);
      with.asked.put(next, now);
      counters.infosAsked.increment();
      if (message.size() >= FULL_MESSAGE) {
        send(node, message);
        message = new InfoCodec.Writer();
      }
    }
    if (message.size() > 0) {
      send(node, message);
    }
  }

  private void send(Incarnation node, InfoCodec.Writer message) {
    askedNanos = nanoClock.getAsLong();
    var _ = hub.control(InfoCodec.ASK, message.payload(), node);
  }
}
