package io.carillon.protocol.pusher.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.app.App;
import io.carillon.dialect.FlatJson;
import io.carillon.dialect.PublishRequest;
import io.carillon.protocol.pusher.ChannelName;
import io.carillon.protocol.pusher.SignedCall;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event for an app's channel, in the form of the Pusher HTTP API.
 *
 * @param channel the channel
 * @param name the event's name
 * @param data the event's data, as clients get it
 */
record EventRequest(String channel, String name, String data) {

  EventRequest {
    if (ChannelName.parse(channel, Integer.MAX_VALUE).map(ChannelName::isEncrypted).orElse(false)) {
      throw new IllegalArgumentException(
          "%s: this command can't encrypt (expected: another channel than private-encrypted-...)"
              .formatted(channel));
    }
  }

  /**
   * The signed request.
   *
   * @param prefix the path before the API's own; empty for none
   */
  PublishRequest signed(String prefix, App app, Instant now) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("channel", channel);
    fields.put("data", data);
    String json = FlatJson.of(fields);
    String path = prefix.replaceAll("/+$", "") + "/apps/" + app.id() + "/events";
    return new PublishRequest(
        path, new SignedCall(app, now).query(path, json.getBytes(UTF_8)), "", json);
  }
}
