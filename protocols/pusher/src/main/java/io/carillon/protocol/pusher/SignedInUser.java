package io.carillon.protocol.pusher;

import io.carillon.app.AppFeatures.Feature;
import io.carillon.message.Channel;
import io.carillon.presence.PresencePlace;
import io.carillon.presence.ShardPresence;
import io.carillon.view.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * A user on one connection, from the sign-in to the connection's end. The user is online during
 * that time, and is told which users of the watchlist are online (<a
 * href="https://pusher.com/docs/channels/using_channels/watchlist-events/">Pusher's
 * description</a>). Owned by the connection's event loop.
 */
final class SignedInUser {

  private static final int WATCHLIST_TOO_LONG = 4302;

  private final Client client;
  private final PusherLoop loop;
  private final User user;
  private final PresencePlace online;
  private final List<String> watched;

  /** The number of watched users of whom it isn't known yet whether they are online. */
  private int unknown;

  SignedInUser(Client client, PusherLoop loop, User user) {
    this.client = client;
    this.loop = loop;
    this.user = user;
    this.online =
        new PresencePlace(
            loop.presence(),
            OnlineUsers.channel(client.app(), user.id()),
            new Member(user.id(), ""));
    this.watched =
        client.app().features().has(Feature.WATCHLIST)
            ? user.watchlist().stream().limit(client.limits().maxWatchlist()).toList()
            : List.of();
  }

  User user() {
    return user;
  }

  /** Makes the user online, and begins to watch. */
  void begin() {
    loop.users().add(client.app(), user.id(), client);
    online.join(Integer.MAX_VALUE, joined -> {});
    if (watched.size() < user.watchlist().size() && !watched.isEmpty()) {
      client.complain(
          WATCHLIST_TOO_LONG,
          "Watchlist limit reached: the first %d users are watched".formatted(watched.size()));
    }
    unknown = watched.size();
    for (String id : watched) {
      Channel channel = OnlineUsers.channel(client.app(), id);
      loop.users().watch(channel, this);
      loop.presence().watch(channel, this::onKnown);
    }
  }

  private void onKnown() {
    unknown--;
    if (unknown > 0) {
      return;
    }
    List<String> here = new ArrayList<>();
    List<String> away = new ArrayList<>();
    ShardPresence presence = loop.presence();
    for (String id : watched) {
      boolean isOnline = !presence.members(OnlineUsers.channel(client.app(), id)).isEmpty();
      (isOnline ? here : away).add(id);
    }
    client.say(ServerEvents.watchlist(here, away));
  }

  /**
   * A watched user has come online. Until the state of all watched users is known, the first list
   * will tell.
   */
  void onOnline(String id) {
    if (unknown == 0) {
      client.say(ServerEvents.watchlist(List.of(id), List.of()));
    }
  }

  /** A watched user has gone offline. */
  void onOffline(String id) {
    if (unknown == 0) {
      client.say(ServerEvents.watchlist(List.of(), List.of(id)));
    }
  }

  /** The connection has ended. */
  void end() {
    loop.users().remove(client.app(), user.id(), client);
    online.leave();
    for (String id : watched) {
      Channel channel = OnlineUsers.channel(client.app(), id);
      loop.users().unwatch(channel, this);
      loop.presence().unwatch(channel);
    }
  }
}
