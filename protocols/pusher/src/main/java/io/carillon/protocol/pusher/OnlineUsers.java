package io.carillon.protocol.pusher;

import io.carillon.app.App;
import io.carillon.message.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The users who have signed in on one loop, and their watchers. A user is online while a channel of
 * the user's own, to which no client can subscribe, has the user as a member. Owned by the loop.
 */
final class OnlineUsers {

  /** No client's channel has this prefix. */
  private static final String PREFIX = "#online-";

  private final Map<Channel, Set<Client>> clients = new HashMap<>();
  private final Map<Channel, Set<SignedInUser>> watchers = new HashMap<>();

  static Channel channel(App app, String userId) {
    return channel(app.id(), userId);
  }

  private static Channel channel(String appId, String userId) {
    return new Channel(appId, PREFIX + userId);
  }

  static boolean isOne(Channel channel) {
    return channel.name().startsWith(PREFIX);
  }

  void add(App app, String userId, Client client) {
    clients.computeIfAbsent(channel(app, userId), c -> new LinkedHashSet<>()).add(client);
  }

  void remove(App app, String userId, Client client) {
    clients.computeIfPresent(
        channel(app, userId),
        (c, some) -> {
          some.remove(client);
          return some.isEmpty() ? null : some;
        });
  }

  /** A user's connections on this loop; a copy. */
  List<Client> clientsOf(String appId, String userId) {
    return new ArrayList<>(clients.getOrDefault(channel(appId, userId), Set.of()));
  }

  void watch(Channel user, SignedInUser watcher) {
    watchers.computeIfAbsent(user, c -> new LinkedHashSet<>()).add(watcher);
  }

  void unwatch(Channel user, SignedInUser watcher) {
    watchers.computeIfPresent(
        user,
        (c, some) -> {
          some.remove(watcher);
          return some.isEmpty() ? null : some;
        });
  }

  /** The watchers of a user on this loop. */
  Set<SignedInUser> watchersOf(Channel user) {
    return watchers.getOrDefault(user, Set.of());
  }
}
