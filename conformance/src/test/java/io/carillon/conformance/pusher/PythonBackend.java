package io.carillon.conformance.pusher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** pusher-http-python, driven in backend.py. */
final class PythonBackend implements Backend {

  private final Driver driver;
  private final Map<String, Object> at;

  PythonBackend(Driver driver) {
    this(driver, Map.of());
  }

  private PythonBackend(Driver driver, Map<String, Object> at) {
    this.driver = driver;
    this.at = at;
  }

  private Reply call(String operation, Map<String, ?> arguments) {
    Map<String, Object> all = new HashMap<>(at);
    all.putAll(arguments);
    return NodeBackend.reply(driver, operation, all);
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

  @Override
  public Reply publishBatch(List<Event> events) {
    return call("publish_batch", Map.of("batch", NodeBackend.described(events)));
  }

  @Override
  public Reply sendToUser(String user, String event, Map<String, ?> data) {
    return call("send_to_user", Map.of("user", user, "event", event, "data", data));
  }

  @Override
  public Reply channels(String prefix, String info) {
    return call("channels_info", Map.of("prefix", prefix, "attributes", attributes(info)));
  }

  @Override
  public Reply channel(String channel, String info) {
    return call("channel_info", Map.of("channel", channel, "attributes", attributes(info)));
  }

  private static List<String> attributes(String info) {
    return info.isEmpty() ? List.of() : List.of(info.split(","));
  }

  @Override
  public Reply users(String channel) {
    return call("users_info", Map.of("channel", channel));
  }

  @Override
  public PythonBackend withSecret(String secret) {
    return with("secret", secret);
  }

  @Override
  public PythonBackend at(int port) {
    return with("port", port);
  }

  private PythonBackend with(String name, Object value) {
    Map<String, Object> other = new HashMap<>(at);
    other.put(name, value);
    return new PythonBackend(driver, other);
  }
}
