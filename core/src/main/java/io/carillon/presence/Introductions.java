package io.carillon.presence;

import io.carillon.message.Channel;
import io.carillon.view.ClusterView;
import io.carillon.view.Member;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the followers of a channel of members on other nodes, each when its info is known.
 *
 * <p>A node has the infos of members on other nodes only while somebody here follows the channel.
 * So a member that joins elsewhere is withheld from followers until its info has come, and the
 * first followers get their list when the infos of the members in it have come. After {@link
 * #PATIENCE} a member is told of without its info; if the info comes later, later lists show it.
 *
 * <p>What is withheld is in no list and in no event, so lists and events add up at any time. Owned
 * by the home loop of the channels.
 */
final class Introductions {

  /** Followers are told of a member so long after it has come, whether or not its info is known. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration LOG_PAUSE = Duration.ofMinutes(1);
  private static final Logger log = LoggerFactory.getLogger(Introductions.class);

  private final ClusterView view;
  private final EventStream events;
  private final Settling settling;
  private final LongSupplier nanoClock;

  /** How many members were told of without their infos since the last line of the log. */
  private long unlogged;

  private long loggedNanos;

  Introductions(ClusterView view, EventStream events, Settling settling, LongSupplier nanoClock) {
    this.view = view;
    this.events = events;
    this.settling = settling;
    this.nanoClock = nanoClock;
    this.loggedNanos = nanoClock.getAsLong() - LOG_PAUSE.toNanos();
  }

  /**
   * Adds a follower of a shard.
   *
   * @param own a seat that its list contains in any case; null for none
   * @param callback runs on the shard when the shard has the list
   */
  void follow(
      Channel channel, Roster roster, ShardPresence shard, @Nullable Seat own, Runnable callback) {
    Followers followers = roster.followers();
    if (followers.isEmpty()) {
      begin(channel, roster);
    }
    boolean isFirst = followers.add(shard.number());
    followers.answer(
        () -> {
          Runnable know = isFirst ? list(channel, roster, shard, own) : event(channel, shard, own);
          shard.post(
              () -> {
                know.run();
                callback.run();
              });
        });
  }

  private static Runnable list(
      Channel channel, Roster roster, ShardPresence shard, @Nullable Seat own) {
    List<Member> told = roster.told(own);
    return () -> shard.install(channel, told);
  }

  /** A shard that has a list needs only the event of the newcomer. */
  private static Runnable event(Channel channel, ShardPresence shard, @Nullable Seat own) {
    if (own == null) {
      return () -> {};
    }
    Member member = own.member();
    return () -> shard.tell(new ChannelEvent.Joined(channel, member));
  }

  /** The channel has its first follower: infos are asked for, and the list waits for them. */
  private void begin(Channel channel, Roster roster) {
    view.follow(channel);
    Followers followers = roster.followers();
    List<String> unknown = roster.unknown();
    unknown.forEach(followers::withhold);
    long awaited = followers.await();
    if (!unknown.isEmpty()) {
      giveUpLater(channel, roster, awaited);
    }
    roster.unknownDeparting().forEach(followers::withhold);
  }

  /** Removes a follower of a shard. With the last one this node forgets the infos. */
  void unfollow(Channel channel, Roster roster, ShardPresence shard) {
    Followers followers = roster.followers();
    if (!followers.remove(shard.number())) {
      return;
    }
    shard.post(() -> shard.forget(channel));
    if (followers.isEmpty()) {
      view.unfollow(channel);
      followers.releaseAll();
      roster.elsewhere().forgetInfos();
    }
  }

  /** A member has come to another node, and followers were not told of it. */
  void onCame(Channel channel, Roster roster, String id) {
    if (roster.followers().isEmpty()) {
      return;
    }
    Shown shown = roster.shown(id);
    if (shown.isKnown()) {
      introduce(channel, roster, shown.member());
    } else {
      giveUpLater(channel, roster, roster.followers().withhold(id));
    }
  }

  /** A member is back whose end nobody was told. */
  void onReturned(Channel channel, Roster roster, String id) {
    if (roster.followers().isWithheld(id)) {
      roster.followers().release(id);
      onCame(channel, roster, id);
    } else {
      onChanged(channel, roster, id);
    }
  }

  /** Something else is known of a member than before, or the member is on no node any more. */
  void onChanged(Channel channel, Roster roster, String id) {
    Followers followers = roster.followers();
    if (followers.isEmpty()) {
      return;
    }
    boolean isPresent = roster.has(id);
    boolean isKnown = isPresent && roster.shown(id).isKnown();
    if (!followers.isWithheld(id)) {
      if (isKnown && !followers.areWaiting()) {
        events.refreshed(channel, roster, roster.shown(id).member());
      }
      return;
    }
    if (isKnown) {
      followers.release(id);
      introduce(channel, roster, roster.shown(id).member());
    } else if (!isPresent) {
      followers.withhold(id); // No answer waits for a member that has gone.
    }
    followers.answerIfComplete();
  }

  /** The departure of a member was told. */
  void onDeparted(Roster roster, String id) {
    roster.followers().release(id);
    roster.followers().answerIfComplete();
  }

  /** Shards that still wait for their list find the member in it. */
  private void introduce(Channel channel, Roster roster, Member member) {
    if (!roster.followers().areWaiting()) {
      events.introduced(channel, roster, member);
    }
  }

  private void giveUpLater(Channel channel, Roster roster, long number) {
    settling.at(nanoClock.getAsLong() + PATIENCE.toNanos(), () -> giveUp(channel, roster, number));
  }

  private void giveUp(Channel channel, Roster roster, long number) {
    Followers followers = roster.followers();
    for (String id : followers.withheldUntil(number)) {
      if (roster.has(id)) {
        followers.release(id);
        unlogged++;
        introduce(channel, roster, roster.shown(id).member());
      }
    }
    logGivenUp();
    followers.answerIfComplete();
  }

  private void logGivenUp() {
    long now = nanoClock.getAsLong();
    if (unlogged > 0 && now - loggedNanos >= LOG_PAUSE.toNanos()) {
      log.warn(
          "{} members of other nodes are shown without their infos, which did not come within {}",
          unlogged,
          PATIENCE);
      unlogged = 0;
      loggedNanos = now;
    }
  }
}
