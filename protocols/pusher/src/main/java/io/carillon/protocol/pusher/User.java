package io.carillon.protocol.pusher;

import io.carillon.protocol.pusher.JsonFields.Value;
import io.carillon.view.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user who has signed in (<a
 * href="https://pusher.com/docs/channels/using_channels/user-authentication/">Pusher's
 * description</a>).
 *
 * @param id a string, never empty
 * @param info what other members are told if the user is a member of a channel; empty for nothing
 * @param watchlist the ids of the users that this user watches, each once
 */
record User(String id, String info, List<String> watchlist) {

  User {
    watchlist = List.copyOf(watchlist);
  }

  /** Reads {@code {"id":…,"user_info":…,"watchlist":[…]}}; empty if the text is something else. */
  static Optional<User> parse(String userData) {
    return JsonFields.fields(userData).flatMap(User::read);
  }

  private static Optional<User> read(Map<String, Value> fields) {
    Value info = fields.get("user_info");
    Value watchlist = fields.get("watchlist");
    return UserIds.string(fields.get("id"))
        .map(
            id ->
                new User(
                    id,
                    info == null ? "" : JsonEscapes.wellFormed(info.source()),
                    watchlist == null ? List.of() : idsOf(watchlist)));
  }

  private static List<String> idsOf(Value watchlist) {
    return JsonFields.items(watchlist.source()).orElse(List.of()).stream()
        .flatMap(item -> UserIds.string(item).stream())
        .distinct()
        .toList();
  }

  /** The same user as a member of a presence channel. */
  Member asMember() {
    return new Member(id, info);
  }
}
