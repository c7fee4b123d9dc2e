package io.carillon.presence;

import io.carillon.cluster.Member;
import io.carillon.hub.Encoder;
import io.carillon.hub.Frame;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.hub.Subscriber;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.testkit.ManualBroker;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import io.carillon.testkit.OtherNodes;
import io.carillon.testkit.RecordingConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A node with several loops and connections, whose other nodes the test plays. */
final class PresenceWorld {

  final ManualClock clock = new ManualClock();
  final ManualBroker broker = new ManualBroker();
  final OtherNodes others = new OtherNodes();
  final ManualLoops loops;
  final Hub hub;
  final Presence presence;
  final List<Visitor> visitors = new ArrayList<>();

  PresenceWorld(int shards) {
    loops = new ManualLoops(shards, clock);
    hub =
        new Hub(
            new Incarnation(1, 2),
            broker,
            loops.loops(),
            HubConfig.DEFAULTS,
            LastPublications.NONE,
            clock,
            clock);
    presence = new Presence(hub, others);
    for (int shard = 0; shard < shards; shard++) {
      int number = shard;
      presence.on(hub.shards().get(shard)).listen(event -> tellVisitors(number, event));
    }
    var _ = hub.start();
  }

  private void tellVisitors(int shard, ChannelEvent event) {
    visitors.stream()
        .filter(visitor -> visitor.shard == shard)
        .forEach(visitor -> visitor.onEvent(event));
  }

  Visitor visitor(int shard) {
    Visitor visitor = new Visitor(shard);
    visitors.add(visitor);
    return visitor;
  }

  /** The loops run, the broker says yes and the view reports until nothing moves. */
  void settle() {
    boolean moves = true;
    while (moves) {
      loops.runAll();
      moves = broker.answerAll();
      moves |= others.reportAll();
    }
  }

  <T> T ask(CompletionStage<T> question) {
    loops.runAll();
    return question.toCompletableFuture().join();
  }

  /** A connection, and what it was told: a list of members, and every change since. */
  final class Visitor {
    final int shard;
    private final ShardPresence door;
    private final Subscriber subscriber;
    private final Map<Channel, Follow> follows = new HashMap<>();
    private final Map<Channel, Integer> counts = new HashMap<>();

    private Visitor(int shard) {
      this.shard = shard;
      this.door = presence.on(hub.shards().get(shard));
      Frame frame = Frame.text("any");
      Encoder encoder = _ -> frame;
      this.subscriber =
          hub.shards().get(shard).open(new RecordingConnection("v" + visitors.size()), encoder);
    }

    void subscribe(Channel channel) {
      subscriber.subscribe(channel, outcome -> {});
    }

    void unsubscribe(Channel channel) {
      subscriber.unsubscribe(channel);
      counts.remove(channel);
    }

    boolean isSubscribed(Channel channel) {
      return subscriber.isSubscribed(channel);
    }

    /** The last number of subscriptions that it was told; null for none. */
    @Nullable Integer count(Channel channel) {
      return counts.get(channel);
    }

    boolean follows(Channel channel) {
      return follows.containsKey(channel);
    }

    /** Joins as a member, if it does not follow the channel. */
    void join(Channel channel, Member member, int maxMembers) {
      Follow follow = new Follow(channel, member.id());
      if (follows.putIfAbsent(channel, follow) == null) {
        door.join(channel, member, maxMembers, follow::onJoinAnswered);
      }
    }

    void join(Channel channel, String id) {
      join(channel, new Member(id, ""), Integer.MAX_VALUE);
    }

    /** Follows without being a member, if it does not follow the channel. */
    void watch(Channel channel) {
      Follow follow = new Follow(channel, null);
      if (follows.putIfAbsent(channel, follow) == null) {
        door.watch(channel, follow::begin);
      }
    }

    /** Ends what it began with {@link #join} or {@link #watch}. */
    void leave(Channel channel) {
      Follow follow = follows.remove(channel);
      if (follow != null) {
        follow.end();
      }
    }

    /** As whom it is in the channel; null where it is no member. */
    @Nullable String memberIn(Channel channel) {
      Follow follow = follows.get(channel);
      return follow != null && follow.isMember() ? follow.id : null;
    }

    /** The list that it was given and the changes since, added up; null before it has the list. */
    @Nullable Set<String> knows(Channel channel) {
      Follow follow = follows.get(channel);
      return follow == null ? null : follow.known;
    }

    void disconnect() {
      visitors.remove(this);
      subscriber.close();
      List.copyOf(follows.keySet()).forEach(this::leave);
    }

    private void onEvent(ChannelEvent event) {
      Follow follow = follows.get(event.channel());
      switch (event) {
        case ChannelEvent.Joined(Channel _, Member member) -> {
          if (follow != null && follow.known != null && !follow.known.add(member.id())) {
            throw new AssertionError("joined twice: " + event);
          }
        }
        case ChannelEvent.Left(Channel _, String id) -> {
          if (follow != null && follow.known != null && !follow.known.remove(id)) {
            throw new AssertionError("left, and was not there: " + event);
          }
        }
        case ChannelEvent.Counted(Channel channel, int subscriptions) -> {
          if (isSubscribed(channel)) {
            counts.put(channel, subscriptions);
          }
        }
        case ChannelEvent.Occupied _, ChannelEvent.Vacated _ ->
            throw new AssertionError("not for shards: " + event);
      }
    }

    /** One membership or watch, which ends once, also when its answer comes after its end. */
    private final class Follow {
      private final Channel channel;

      /** Null for a watch. */
      private final @Nullable String id;

      private @Nullable Set<String> known;
      private boolean isEnded;

      private Follow(Channel channel, @Nullable String id) {
        this.channel = channel;
        this.id = id;
      }

      boolean isMember() {
        return id != null && known != null;
      }

      void onJoinAnswered(JoinOutcome outcome) {
        switch (outcome) {
          case JOINED -> begin();
          case FULL -> follows.remove(channel, this);
        }
      }

      void begin() {
        known = new TreeSet<>(door.members(channel).stream().map(Member::id).toList());
        if (id != null && !known.contains(id)) {
          throw new AssertionError(id + " is not in its own list " + known);
        }
        if (isEnded) {
          giveBack();
        }
      }

      void end() {
        isEnded = true;
        if (known != null) {
          giveBack();
        }
      }

      private void giveBack() {
        if (id == null) {
          door.unwatch(channel);
        } else {
          door.leave(channel, id);
        }
      }
    }
  }
}
