package io.carillon.protocol.pusher.dialect;

import io.carillon.app.App;
import io.carillon.dialect.Conversation;
import io.carillon.dialect.FlatJson;
import io.carillon.dialect.Listener;
import io.carillon.protocol.pusher.ChannelName;
import io.carillon.protocol.pusher.ServerMessage;
import io.carillon.protocol.pusher.Signatures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Subscribes to an app's channels over the Pusher protocol, and prints their events. */
final class PusherListener implements Listener {

  /** After these codes clients don't reconnect by themselves. */
  private static final Pattern FINAL = Pattern.compile("40\\d\\d\\b.*", Pattern.DOTALL);

  private final List<String> channels;
  private final @Nullable Signatures signatures;
  private final String userId;

  /**
   * @param key the app's key
   * @param secret the app's secret; empty if no channel needs a signature
   * @param userId the user id that members of presence channels see
   */
  PusherListener(List<String> channels, String key, String secret, String userId) {
    this.channels = List.copyOf(channels);
    this.signatures = secret.isEmpty() ? null : new Signatures(App.of(key, key, secret));
    this.userId = userId;
  }

  /** The first channel that needs a signature; empty for none. */
  static Optional<String> signed(List<String> channels) {
    return channels.stream()
        .filter(channel -> nameOf(channel).map(ChannelName::isSigned).orElse(false))
        .findFirst();
  }

  private static Optional<ChannelName> nameOf(String channel) {
    return ChannelName.parse(channel, Integer.MAX_VALUE);
  }

  /** The server sends the first message. */
  @Override
  public void begin(Conversation conversation) {}

  @Override
  public void onLine(String line, Conversation conversation) {
    Optional<ServerMessage> message = ServerMessage.parse(line);
    if (message.isPresent()) {
      onMessage(message.get(), conversation);
    } else if (!conversation.hasJoined()) {
      conversation.refuse(
          "no Pusher server answers there, but \"%s\" (expected: the URL of an app that the node"
                  .formatted(line)
              + " has, ws://host:port/app/KEY)");
    }
  }

  private void onMessage(ServerMessage message, Conversation conversation) {
    switch (message.event()) {
      case ServerMessage.CONNECTION_ESTABLISHED -> {
        String socketId = message.field("socket_id");
        channels.forEach(channel -> conversation.send(subscribe(channel, socketId)));
      }
      case "pusher_internal:subscription_succeeded" -> conversation.joined();
      case "pusher:subscription_error" ->
          conversation.refuse(
              "%s: %s %s"
                  .formatted(message.channel(), message.field("status"), message.field("error")));
      case ServerMessage.ERROR -> onError(message, conversation);
      case "pusher:ping" -> conversation.send(event("pusher:pong", Map.of()));
      default -> {
        if (!message.isProtocols() && channels.contains(message.channel())) {
          conversation.deliver(
              "[%s] %s: %s".formatted(message.channel(), message.event(), message.data()));
        }
      }
    }
  }

  /** Servers send errors before they close, and sometimes about a subscription. */
  private static void onError(ServerMessage error, Conversation conversation) {
    String code = error.field("code");
    String said =
        code.equals("null") ? error.field("message") : code + " " + error.field("message");
    if (FINAL.matcher(code).matches() || code.equals("null")) {
      conversation.refuse(said + advice(code));
    } else {
      conversation.end(said);
    }
  }

  private static String advice(String code) {
    return code.equals("4001") ? " (check the key in the URL, ws://host:port/app/KEY)" : "";
  }

  private String subscribe(String channel, String socketId) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("channel", channel);
    ChannelName name = nameOf(channel).filter(ChannelName::isSigned).orElse(null);
    if (name != null && signatures != null) {
      String channelData = name.isPresence() ? FlatJson.of(Map.of("user_id", userId)) : null;
      data.put("auth", signatures.ofChannel(socketId, channel, channelData));
      if (channelData != null) {
        data.put("channel_data", channelData);
      }
    }
    return event("pusher:subscribe", data);
  }

  /** An event of the protocol's own. */
  private static String event(String name, Map<String, String> data) {
    return "{\"event\":\"%s\",\"data\":%s}".formatted(name, FlatJson.of(data));
  }

  @Override
  public String finality(String end) {
    return FINAL.matcher(end).matches() ? end + advice(end.substring(0, 4)) : "";
  }
}
