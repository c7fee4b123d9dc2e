package io.carillon.protocol.tutorial;

import io.carillon.message.Channel;
import io.carillon.presence.Directory;
import io.carillon.view.Member;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The users of the cluster: those that are configured, and those that are connected to any node. A
 * connected user is a member of a presence channel that no client can subscribe to. The member's id
 * is the user's JSON object, so every node knows the names of all users. Any thread.
 *
 * @param configured the users that are there without a connection
 * @param directory answers who is connected
 */
record Users(List<User> configured, Directory directory) {

  /** No app can have this id. */
  static final String APP = "#tutorial";

  /** Its members are the connected users. */
  static final Channel CHANNEL = new Channel(APP, "users");

  /** A user as a member of {@link #CHANNEL}. */
  static Member member(User user) {
    return new Member(user.json(), "");
  }

  /**
   * All users as a JSON array, by ascending ids. If several have one id, a configured user comes
   * before a connected one, and the one that joined first before the others.
   *
   * @return completes soon, on some event loop
   */
  CompletionStage<String> json() {
    return directory.members(CHANNEL).thenApply(this::with);
  }

  private String with(List<String> members) {
    Map<Long, User> byId = new TreeMap<>();
    configured.forEach(user -> byId.put(user.id(), user));
    members.stream()
        .flatMap(id -> User.read(id).stream())
        .forEach(user -> byId.putIfAbsent(user.id(), user));
    return byId.values().stream().map(User::json).collect(Collectors.joining(",", "[", "]"));
  }
}
