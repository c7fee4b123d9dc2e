package io.carillon.presence;

import io.carillon.hub.Encoder;
import io.carillon.hub.Frame;
import io.carillon.hub.HubShard;
import io.carillon.hub.Subscriber;
import io.carillon.message.Channel;
import io.carillon.testkit.RecordingConnection;
import io.carillon.view.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A connection, and what it was told: a list of members, and every change since. */
public final class Visitor {
  final int shard;
  private final ShardPresence door;
  private final Subscriber subscriber;
  private final Map<Channel, Follow> follows = new HashMap<>();
  private final Map<Channel, Integer> counts = new HashMap<>();

  Visitor(ShardPresence door, HubShard shard, int number) {
    this.shard = number;
    this.door = door;
    Frame frame = Frame.text("any");
    Encoder encoder = _ -> frame;
    this.subscriber = shard.open(new RecordingConnection("visitor"), encoder);
  }

  public void subscribe(Channel channel) {
    subscriber.subscribe(channel, outcome -> {});
  }

  public void unsubscribe(Channel channel) {
    subscriber.unsubscribe(channel);
    counts.remove(channel);
  }

  public boolean isSubscribed(Channel channel) {
    return subscriber.isSubscribed(channel);
  }

  /** The last number of subscriptions that it was told; null for none. */
  public @Nullable Integer count(Channel channel) {
    return counts.get(channel);
  }

  public boolean follows(Channel channel) {
    return follows.containsKey(channel);
  }

  /** Joins as a member, if it does not follow the channel. */
  public void join(Channel channel, Member member, int maxMembers) {
    Follow follow = new Follow(channel, member.id());
    if (follows.putIfAbsent(channel, follow) == null) {
      door.join(channel, member, maxMembers, follow::onJoinAnswered);
    }
  }

  public void join(Channel channel, String id) {
    join(channel, new Member(id, ""), Integer.MAX_VALUE);
  }

  /** Follows without being a member, if it does not follow the channel. */
  public void watch(Channel channel) {
    Follow follow = new Follow(channel, null);
    if (follows.putIfAbsent(channel, follow) == null) {
      door.watch(channel, follow::begin);
    }
  }

  /** Ends what it began with {@link #join} or {@link #watch}. */
  public void leave(Channel channel) {
    Follow follow = follows.remove(channel);
    if (follow != null) {
      follow.end();
    }
  }

  /** As whom it is in the channel; null where it is no member. */
  public @Nullable String memberIn(Channel channel) {
    Follow follow = follows.get(channel);
    return follow != null && follow.isMember() ? follow.id : null;
  }

  /** The list that it was given and the changes since, added up; null before it has the list. */
  public @Nullable Set<String> knows(Channel channel) {
    Follow follow = follows.get(channel);
    return follow == null ? null : follow.known;
  }

  /** The infos of these members, as a list that is handed out now shows them. */
  public Map<String, String> infos(Channel channel) {
    Map<String, String> infos = new TreeMap<>();
    door.members(channel).forEach(member -> infos.put(member.id(), member.info()));
    return infos;
  }

  void end() {
    subscriber.close();
    List.copyOf(follows.keySet()).forEach(this::leave);
  }

  void onEvent(ChannelEvent event) {
    Follow follow = follows.get(event.channel());
    switch (event) {
      case ChannelEvent.Joined(Channel _, Member member) -> {
        if (follow != null && !member.info().isEmpty() && !member.info().contains(member.id())) {
          throw new AssertionError("another member's info: " + event);
        }
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
        case FULL, NO_ROOM -> follows.remove(channel, this);
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
