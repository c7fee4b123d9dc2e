package io.carillon.protocol.pusher.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.app.App;
import io.carillon.app.AppLimits;
import io.carillon.message.UnicodeText;
import io.carillon.protocol.pusher.ChannelName;
import io.carillon.protocol.pusher.UserIds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which events may be published for an app. */
record EventRules(App app) {

  private static final Pattern SOCKET_ID = Pattern.compile("[0-9]{1,20}\\.[0-9]{1,20}");

  private AppLimits limits() {
    return app.limits();
  }

  /** An event with one or several channels. */
  Event check(EventDraft draft) {
    return new Event(
        nameOf(draft),
        channelsOf(draft),
        dataOf(draft),
        socketIdOf(draft),
        Attributes.parse(Optional.ofNullable(draft.info), Attributes.COUNTS, app));
  }

  /** An event of a batch, which has one channel. */
  Event checkSingle(EventDraft draft) {
    if (draft.channels != null) {
      throw ApiException.invalid("An event of a batch has a channel of its own, and no channels.");
    }
    return check(draft);
  }

  private String nameOf(EventDraft draft) {
    String name = draft.name;
    if (name == null || name.isEmpty()) {
      throw ApiException.invalid(
          draft.hasEvent
              ? "name is missing, and event is not read (expected: the event's name in name)"
              : "name is missing (expected: the event's name)");
    }
    if (!UnicodeText.isWellFormed(name)) {
      throw ApiException.invalid(
          "name: %s has half a character, a lone surrogate (expected: valid Unicode)"
              .formatted(JsonBody.quote(name)));
    }
    if (name.length() > limits().maxEventNameLength()) {
      throw ApiException.invalid(
          "name: %s is too long (expected: at most %d characters)"
              .formatted(JsonBody.quote(name), limits().maxEventNameLength()));
    }
    if (name.startsWith("pusher:") || name.startsWith("pusher_internal:")) {
      throw ApiException.invalid(
          "name: %s is the protocol's own (expected: neither pusher: nor pusher_internal: first)"
              .formatted(JsonBody.quote(name)));
    }
    return name;
  }

  private String dataOf(EventDraft draft) {
    if (draft.data == null) {
      throw ApiException.invalid("data is missing (expected: a string)");
    }
    String data = UnicodeText.wellFormed(draft.data);
    if (isLongerThan(limits().maxEventPayloadBytes(), data)) {
      throw new ApiException(
          ApiFault.TOO_LARGE,
          "The data content of this event exceeds the allowed maximum (%d bytes)."
              .formatted(limits().maxEventPayloadBytes()));
    }
    return data;
  }

  /** In UTF-8, in which a character has one to three bytes. */
  private static boolean isLongerThan(int max, String text) {
    return text.length() > max || (text.length() > max / 3 && text.getBytes(UTF_8).length > max);
  }

  private static String socketIdOf(EventDraft draft) {
    String socketId = draft.socketId;
    if (socketId == null) {
      return "";
    }
    if (!SOCKET_ID.matcher(socketId).matches()) {
      throw ApiException.invalid(
          "socket_id: %s (expected: as clients are told it, 123.456)"
              .formatted(JsonBody.quote(socketId)));
    }
    return socketId;
  }

  private List<ChannelName> channelsOf(EventDraft draft) {
    if ((draft.channel == null) == (draft.channels == null)) {
      throw ApiException.invalid("One of channel and channels is expected.");
    }
    List<ChannelName> channels =
        draft.channel == null ? channelsOf(draft.channels) : List.of(channelOf(draft.channel));
    if (channels.size() > 1 && channels.stream().anyMatch(ChannelName::isEncrypted)) {
      throw ApiException.invalid(
          "An event goes to one encrypted channel alone: each has a key of its own.");
    }
    return channels;
  }

  private List<ChannelName> channelsOf(@Nullable List<String> names) {
    if (names == null || names.isEmpty()) {
      throw ApiException.invalid("channels is empty (expected: at least one)");
    }
    if (names.size() > limits().maxEventChannels()) {
      throw tooManyChannels(limits().maxEventChannels());
    }
    List<ChannelName> channels = new ArrayList<>(names.size());
    for (String name : new LinkedHashSet<>(names)) {
      channels.add(channelOf(name));
    }
    return channels;
  }

  /** The channel with this name. */
  ChannelName channelOf(String name) {
    ChannelName channel =
        ChannelName.parse(name, limits().maxChannelNameLength())
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        "channel: %s (expected: 1 to %d of A-Z a-z 0-9 _ - = @ , . ;)"
                            .formatted(JsonBody.quote(name), limits().maxChannelNameLength())));
    if (channel.isUser()) {
      requireUserId(channel.userId());
    }
    return channel;
  }

  /** Refuses a text that can't be a user's id. */
  static void requireUserId(String id) {
    if (!UserIds.isValid(id)) {
      throw ApiException.invalid(
          "user id: %s (expected: 1 to %d characters)"
              .formatted(JsonBody.quote(id), UserIds.MAX_LENGTH));
    }
  }

  static ApiException tooManyChannels(int max) {
    return ApiException.invalid("channels: too many (expected: at most " + max + ")");
  }
}
