package io.carillon.protocol.pusher;

import io.carillon.hub.Frame;
import io.carillon.view.Member;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The server's own messages. Like Pusher, it sends some data as a string of JSON. */
final class ServerEvents {

  static final Frame PONG = Frame.text("{\"event\":\"pusher:pong\",\"data\":{}}");

  private ServerEvents() {}

  static Frame connectionEstablished(String socketId, Duration activityTimeout) {
    return event(
        "pusher:connection_established",
        "{\"socket_id\":\"%s\",\"activity_timeout\":%d}"
            .formatted(socketId, activityTimeout.toSeconds()));
  }

  /**
   * Reports an error; the connection may be closed afterwards.
   *
   * @param code null if Pusher has no code for it
   */
  static Frame error(@Nullable Integer code, String message) {
    return Frame.text(
        "{\"event\":\"pusher:error\",\"data\":{\"code\":%s,\"message\":%s}}"
            .formatted(code, JsonFields.quote(message)));
  }

  static Frame subscriptionSucceeded(ChannelName name) {
    return channelEvent("pusher_internal:subscription_succeeded", name, "{}");
  }

  static Frame subscriptionSucceeded(ChannelName name, Collection<Member> members) {
    String ids =
        members.stream().map(m -> JsonFields.quote(m.id())).collect(Collectors.joining(","));
    String hash =
        members.stream()
            .map(m -> JsonFields.quote(m.id()) + ":" + (m.info().isEmpty() ? "null" : m.info()))
            .collect(Collectors.joining(","));
    return channelEvent(
        "pusher_internal:subscription_succeeded",
        name,
        "{\"presence\":{\"count\":%d,\"ids\":[%s],\"hash\":{%s}}}"
            .formatted(members.size(), ids, hash));
  }

  static Frame subscriptionError(String channel, SubscriptionError why) {
    return Frame.text(
        "{\"event\":\"pusher:subscription_error\",\"channel\":%s,\"data\":{\"type\":%s,\"error\":%s,\"status\":%d}}"
            .formatted(
                JsonFields.quote(channel),
                JsonFields.quote(why.type()),
                JsonFields.quote(why.error()),
                why.status()));
  }

  static Frame memberAdded(ChannelName name, Member member) {
    String info = member.info().isEmpty() ? "" : ",\"user_info\":" + member.info();
    return channelEvent(
        "pusher_internal:member_added",
        name,
        "{\"user_id\":%s%s}".formatted(JsonFields.quote(member.id()), info));
  }

  static Frame memberRemoved(ChannelName name, String memberId) {
    return channelEvent(
        "pusher_internal:member_removed",
        name,
        "{\"user_id\":%s}".formatted(JsonFields.quote(memberId)));
  }

  static Frame subscriptionCount(ChannelName name, int count) {
    return channelEvent(
        "pusher_internal:subscription_count", name, "{\"subscription_count\":%d}".formatted(count));
  }

  static Frame cacheMiss(ChannelName name) {
    return Frame.text(
        "{\"event\":\"pusher:cache_miss\",\"channel\":%s}"
            .formatted(JsonFields.quote(name.text())));
  }

  static Frame signinSuccess(String userData) {
    return event(
        "pusher:signin_success", "{\"user_data\":%s}".formatted(JsonFields.quote(userData)));
  }

  /** Users of a watchlist who have come online or gone offline; at least one list is not empty. */
  static Frame watchlist(List<String> online, List<String> offline) {
    String events =
        List.of(watchlistEvent("online", online), watchlistEvent("offline", offline)).stream()
            .filter(event -> !event.isEmpty())
            .collect(Collectors.joining(","));
    return event("pusher_internal:watchlist_events", "{\"events\":[%s]}".formatted(events));
  }

  private static String watchlistEvent(String name, List<String> ids) {
    String quoted = ids.stream().map(JsonFields::quote).collect(Collectors.joining(","));
    return ids.isEmpty() ? "" : "{\"name\":\"%s\",\"user_ids\":[%s]}".formatted(name, quoted);
  }

  private static Frame event(String event, String data) {
    return Frame.text("{\"event\":\"%s\",\"data\":%s}".formatted(event, JsonFields.quote(data)));
  }

  private static Frame channelEvent(String event, ChannelName name, String data) {
    return Frame.text(
        "{\"event\":\"%s\",\"channel\":%s,\"data\":%s}"
            .formatted(event, JsonFields.quote(name.text()), JsonFields.quote(data)));
  }
}
