package io.carillon.protocol.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.app.App;
import io.carillon.protocol.pusher.JsonFields.Value;
import io.carillon.view.Member;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which clients may subscribe to which channels (<a
 * href="https://pusher.com/docs/channels/server_api/authorizing-users/">Pusher's description</a>).
 * The rule follows from the channel's kind: a cache channel of a private kind is private.
 *
 * @param app the app of the channels
 * @param socketId the connection for which signatures are valid
 */
record SubscribeRules(App app, String socketId) {

  /** The answer to a subscribe. */
  sealed interface Answer {

    /**
     * The client may subscribe.
     *
     * @param member the member that the client will be; null if the channel has no members
     */
    record Admitted(ChannelName name, @Nullable Member member) implements Answer {}

    /** The client may not subscribe. */
    record Refused(SubscriptionError why) implements Answer {}
  }

  /**
   * @param user the user who has signed in on this connection; null for none
   */
  Answer check(ClientMessage.Subscribe subscribe, @Nullable User user) {
    return ChannelName.parse(subscribe.channel(), app.limits().maxChannelNameLength())
        .map(name -> check(name, subscribe, user))
        .orElseGet(() -> refused(SubscriptionError.invalidName(app.limits())));
  }

  private Answer check(ChannelName name, ClientMessage.Subscribe subscribe, @Nullable User user) {
    return switch (name.kind()) {
      case PUBLIC -> new Answer.Admitted(name, null);
      case PRIVATE, ENCRYPTED ->
          isSigned(name, subscribe)
              ? new Answer.Admitted(name, null)
              : refused(SubscriptionError.NOT_SIGNED);
      case PRESENCE ->
          isSigned(name, subscribe)
              ? presence(name, subscribe.channelData(), user)
              : refused(SubscriptionError.NOT_SIGNED);
      case USER ->
          user != null && user.id().equals(name.userId())
              ? new Answer.Admitted(name, null)
              : refused(SubscriptionError.ANOTHER_USER);
    };
  }

  private boolean isSigned(ChannelName name, ClientMessage.Subscribe subscribe) {
    return new Signatures(app)
        .isValidForChannel(subscribe.auth(), socketId, name.text(), subscribe.channelData());
  }

  /** Without channel data the member is the user who has signed in. */
  private Answer presence(ChannelName name, @Nullable String channelData, @Nullable User user) {
    if (channelData == null) {
      return user == null ? refused(SubscriptionError.NOBODY) : admitted(name, user.asMember());
    }
    return memberOf(channelData)
        .map(member -> admitted(name, member))
        .orElseGet(() -> refused(SubscriptionError.INVALID_CHANNEL_DATA));
  }

  private Answer admitted(ChannelName name, Member member) {
    int most = app.limits().maxPresenceMemberBytes();
    return member.info().getBytes(UTF_8).length > most
        ? refused(SubscriptionError.memberTooLarge(most))
        : new Answer.Admitted(name, member);
  }

  /** Reads {@code {"user_id":…,"user_info":…}}. */
  private static Optional<Member> memberOf(String channelData) {
    return JsonFields.fields(channelData).flatMap(SubscribeRules::memberOf);
  }

  private static Optional<Member> memberOf(Map<String, Value> fields) {
    Value info = fields.get("user_info");
    return UserIds.stringOrNumber(fields.get("user_id"))
        .map(id -> new Member(id, info == null ? "" : JsonEscapes.wellFormed(info.source())));
  }

  private static Answer refused(SubscriptionError why) {
    return new Answer.Refused(why);
  }
}
