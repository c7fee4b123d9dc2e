package io.carillon.conformance.pusher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** pusher-http-node, driven in host.js. */
final class NodeBackend implements Backend {

  private final Driver driver;
  private final Map<String, Object> at;

  NodeBackend(Driver driver) {
    this(driver, Map.of());
  }

  private NodeBackend(Driver driver, Map<String, Object> at) {
    this.driver = driver;
    this.at = at;
  }

  private Reply call(String operation, Map<String, ?> arguments) {
    Map<String, Object> all = new HashMap<>(at);
    all.putAll(arguments);
    return reply(driver, operation, all);
  }

  /** The answer of a driver. */
  static Reply reply(Driver driver, String operation, Map<String, ?> arguments) {
    if (driver.call(operation, arguments) instanceof Map<?, ?> reply
        && reply.get("status") instanceof Long status) {
      return new Reply(Math.toIntExact(status), "" + reply.get("body"));
    }
    throw new IllegalStateException(operation + " has no answer");
  }

  /** Events as the drivers take them. */
  static List<Map<String, ?>> described(List<Event> events) {
    return events.stream()
        .<Map<String, ?>>map(
            event -> Map.of("channel", event.channel(), "name", event.name(), "data", event.data()))
        .toList();
  }

  private Reply publish(
      List<String> channels, String event, Map<String, ?> data, Map<String, ?> parameters) {
    return call(
        "publish",
        Map.of("channels", channels, "event", event, "data", data, "parameters", parameters));
  }

  @Override
  public Reply publish(List<String> channels, String event, Map<String, ?> data) {
    return publish(channels, event, data, Map.of());
  }

  @Override
  public Reply publishExcept(
      String socketId, List<String> channels, String event, Map<String, ?> data) {
    return publish(channels, event, data, Map.of("socket_id", socketId));
  }

  /** Asks for counts in the same request. */
  Reply publishAsking(String info, String channel, String event, Map<String, ?> data) {
    return publish(List.of(channel), event, data, Map.of("info", info));
  }

  @Override
  public Reply publishBatch(List<Event> events) {
    return call("publishBatch", Map.of("batch", described(events)));
  }

  @Override
  public Reply sendToUser(String user, String event, Map<String, ?> data) {
    return call("sendToUser", Map.of("user", user, "event", event, "data", data));
  }

  Reply terminate(String user) {
    return call("terminate", Map.of("user", user));
  }

  @Override
  public Reply channels(String prefix, String info) {
    return get(
        "/channels",
        info.isEmpty()
            ? Map.of("filter_by_prefix", prefix)
            : Map.of("filter_by_prefix", prefix, "info", info));
  }

  @Override
  public Reply channel(String channel, String info) {
    return get("/channels/" + channel, info.isEmpty() ? Map.of() : Map.of("info", info));
  }

  @Override
  public Reply users(String channel) {
    return get("/channels/" + channel + "/users", Map.of());
  }

  private Reply get(String path, Map<String, ?> parameters) {
    return call("get", Map.of("path", path, "parameters", parameters));
  }

  @Override
  public NodeBackend withSecret(String secret) {
    return with("secret", secret);
  }

  @Override
  public NodeBackend at(int port) {
    return with("port", port);
  }

  private NodeBackend with(String name, Object value) {
    Map<String, Object> other = new HashMap<>(at);
    other.put(name, value);
    return new NodeBackend(driver, other);
  }
}
