package io.carillon.conformance.pusher;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.Result;
import io.carillon.conformance.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * pusher-http-java.
 *
 * @param port the port that it publishes to
 * @param secret the secret that it signs with
 */
record JavaBackend(int port, String secret) implements Backend {

  private Pusher pusher() {
    Pusher pusher = new Pusher(PusherApp.ID, PusherApp.KEY, secret, PusherApp.MASTER_KEY);
    pusher.setHost("127.0.0.1:" + port);
    return pusher;
  }

  private static Reply reply(Result result) {
    Integer status = result.getHttpStatus();
    if (status == null) {
      throw new IllegalStateException(result.getStatus() + ": " + result.getMessage());
    }
    return new Reply(status, result.getMessage());
  }

  @Override
  public Reply publish(List<String> channels, String event, Map<String, ?> data) {
    // Only by its own name may a channel be encrypted.
    return channels.size() == 1
        ? reply(pusher().trigger(channels.getFirst(), event, data))
        : reply(pusher().trigger(channels, event, data));
  }

  @Override
  public Reply publishExcept(
      String socketId, List<String> channels, String event, Map<String, ?> data) {
    return reply(pusher().trigger(channels, event, data, socketId));
  }

  @Override
  public Reply publishBatch(List<Event> events) {
    return reply(
        pusher()
            .trigger(
                events.stream()
                    .map(
                        event ->
                            new com.pusher.rest.data.Event(
                                event.channel(), event.name(), event.data()))
                    .toList()));
  }

  /** The library has no method for this, and can post any request. */
  @Override
  public Reply sendToUser(String user, String event, Map<String, ?> data) {
    Map<String, ?> body =
        Map.of(
            "name", event, "channels", List.of("#server-to-user-" + user), "data", Json.text(data));
    return reply(pusher().post("/events", Json.text(body)));
  }

  @Override
  public Reply channels(String prefix, String info) {
    Map<String, String> parameters = new LinkedHashMap<>(parameters(info));
    parameters.put("filter_by_prefix", prefix);
    return reply(pusher().get("/channels", parameters));
  }

  @Override
  public Reply channel(String channel, String info) {
    return reply(pusher().get("/channels/" + channel, parameters(info)));
  }

  private static Map<String, String> parameters(String info) {
    return info.isEmpty() ? Map.of() : Map.of("info", info);
  }

  @Override
  public Reply users(String channel) {
    return reply(pusher().get("/channels/" + channel + "/users"));
  }

  @Override
  public Backend withSecret(String other) {
    return new JavaBackend(port, other);
  }

  @Override
  public Backend at(int other) {
    return new JavaBackend(other, secret);
  }
}
