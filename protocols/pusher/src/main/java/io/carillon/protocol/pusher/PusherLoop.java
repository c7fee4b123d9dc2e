package io.carillon.protocol.pusher;

import io.carillon.hub.Encoder;
import io.carillon.hub.HubShard;
import io.carillon.hub.LastPublications;
import io.carillon.hub.Remembered;
import io.carillon.message.Channel;
import io.carillon.presence.ChannelEvent;
import io.carillon.presence.ChannelListener;
import io.carillon.presence.ShardPresence;
import io.carillon.view.Member;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * State that the Pusher clients of one event loop share, and messages to all of them in a channel.
 * Owned by the loop.
 */
final class PusherLoop implements ChannelListener {

  private final HubShard shard;
  private final ShardPresence presence;
  private final Encoder encoder;
  private final LastPublications lastPublications;
  private final LongSupplier nanoClock;
  private final OnlineUsers users = new OnlineUsers();
  private final SubscriptionCounts counts;
  private final Strangers strangers;

  PusherLoop(
      HubShard shard,
      ShardPresence presence,
      Encoder encoder,
      LastPublications lastPublications,
      LongSupplier nanoClock) {
    this.shard = shard;
    this.presence = presence;
    this.encoder = encoder;
    this.lastPublications = lastPublications;
    this.nanoClock = nanoClock;
    this.counts = new SubscriptionCounts(shard.loop(), this::sayCount);
    this.strangers = new Strangers(shard.loop(), nanoClock);
    presence.listen(this);
  }

  HubShard shard() {
    return shard;
  }

  ShardPresence presence() {
    return presence;
  }

  Encoder encoder() {
    return encoder;
  }

  OnlineUsers users() {
    return users;
  }

  Strangers strangers() {
    return strangers;
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  /** The event that a channel remembers; null for none. */
  @Nullable Remembered lastPublication(Channel channel) {
    return lastPublications.of(channel).orElse(null);
  }

  /** Closes every connection on which a user has signed in. */
  void terminate(String appId, String userId) {
    users.clientsOf(appId, userId).forEach(client -> client.end(CloseCode.TERMINATED));
  }

  @Override
  public void onEvent(ChannelEvent event) {
    switch (event) {
      case ChannelEvent.Joined(Channel channel, Member member) -> onJoined(channel, member);
      case ChannelEvent.Left(Channel channel, String memberId) -> onLeft(channel, memberId);
      case ChannelEvent.Counted(Channel channel, int subscriptions) ->
          counts.changed(channel, subscriptions);
      case ChannelEvent.Occupied _, ChannelEvent.Vacated _ -> {} // Clients are not told.
    }
  }

  private void onJoined(Channel channel, Member member) {
    if (OnlineUsers.isOne(channel)) {
      users.watchersOf(channel).forEach(watcher -> watcher.onOnline(member.id()));
      return;
    }
    nameOf(channel)
        .ifPresent(name -> shard.send(channel, encoder, ServerEvents.memberAdded(name, member)));
  }

  private void onLeft(Channel channel, String memberId) {
    if (OnlineUsers.isOne(channel)) {
      users.watchersOf(channel).forEach(watcher -> watcher.onOffline(memberId));
      return;
    }
    nameOf(channel)
        .ifPresent(
            name -> shard.send(channel, encoder, ServerEvents.memberRemoved(name, memberId)));
  }

  private void sayCount(Channel channel, int subscriptions) {
    nameOf(channel)
        .ifPresent(
            name ->
                shard.send(channel, encoder, ServerEvents.subscriptionCount(name, subscriptions)));
  }

  /**
   * Clients of other protocols may use the app, and their channels can have names that Pusher's
   * can't.
   */
  private static Optional<ChannelName> nameOf(Channel channel) {
    return ChannelName.parse(channel.name(), Integer.MAX_VALUE);
  }
}
