package io.carillon.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.app.App;
import io.carillon.protocol.pusher.ChannelName;
import io.carillon.protocol.pusher.SignedCall;
import java.net.URI;
import java.net.http.HttpResponse;
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
record PusherEvent(String channel, String name, String data) {

  PusherEvent {
    if (ChannelName.parse(channel, Integer.MAX_VALUE).map(ChannelName::isEncrypted).orElse(false)) {
      throw new IllegalArgumentException(
          "%s: this command can't encrypt (expected: another channel than private-encrypted-...)"
              .formatted(channel));
    }
  }

  /**
   * The app that publishes.
   *
   * @throws IllegalArgumentException if the id or the key can't be an app's
   */
  static App app(String id, String key, String secret) {
    if (id.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException(
          "an app's id and key are needed (expected: --app-id ID, and --app-key KEY or a URL with"
              + " /app/KEY)");
    }
    return App.of(id, key, secret);
  }

  /**
   * The signed request.
   *
   * @param prefix the path before the API's own; empty for none
   */
  HttpPost signed(URI node, String prefix, App app, Instant now) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("channel", channel);
    fields.put("data", data);
    String json = FlatJson.of(fields);
    URI events = NodeUrl.http(node, prefix, "/apps/" + app.id() + "/events");
    String query = new SignedCall(app, now).query(events.getRawPath(), json.getBytes(UTF_8));
    return new HttpPost(URI.create(events + "?" + query), "", json);
  }

  /** Why the event was not published, and how to change the command line. */
  static String refusal(HttpResponse<String> response) {
    String shown = ResponseLine.shown(response);
    if (response.statusCode() == 401 && shown.contains("auth_signature is wrong")) {
      return "401: the secret is not that of this app (check " + AppSecretOption.EXPECTED + ")";
    }
    if (response.statusCode() == 401 && shown.contains("No app has this id")) {
      return "401: the node has no app with this id and this key (check --app-id and the key)";
    }
    return shown;
  }
}
