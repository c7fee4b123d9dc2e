package io.carillon.conformance.js;

import io.carillon.conformance.pusher.Driver;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One TopicsClient in another process. Its events wait until the test takes them. */
record JsClient(Driver driver, String name) {

  @Nullable Object call(String operation, Map<String, ?> arguments) {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put("client", name);
    return driver.call(operation, all);
  }

  /** Subscribes, which has to succeed. */
  JsClient subscribe(String topic) {
    Map<?, ?> result = map(call("subscribe", Map.of("topic", topic)));
    if (!"subscribed".equals(result.get("outcome"))) {
      throw new AssertionError(topic + ": " + result);
    }
    return this;
  }

  /** Publishes; returns the outcome and the reason, such as {@code refused: words}. */
  String publish(String topic, String message) {
    Map<?, ?> result = map(call("publish", Map.of("topic", topic, "message", message)));
    return result.get("outcome") + ": " + result.get("reason");
  }

  @Nullable Object topics() {
    return call("topics", Map.of());
  }

  /** Waits until the client is in this state; returns what the event says. */
  Map<?, ?> awaitState(String state) {
    return await("state", Map.of("state", state));
  }

  /** Waits for an event with these values, and drops those in front of it. */
  Map<?, ?> await(String event, Map<String, ?> values) {
    return take(event, values, Driver.PATIENCE)
        .orElseThrow(
            () -> new AssertionError("%s: no event %s with %s".formatted(name, event, values)));
  }

  /** An event with these values that has come; empty otherwise. Drops those in front of it. */
  Optional<Map<?, ?>> poll(String event, Map<String, ?> values) {
    return take(event, values, Duration.ZERO);
  }

  private Optional<Map<?, ?>> take(String event, Map<String, ?> values, Duration time) {
    Map<String, ?> wish = Map.of("event", event, "values", values, "milliseconds", time.toMillis());
    return Optional.ofNullable(call("take", wish)).map(JsClient::map);
  }

  /** Waits for a message, and drops those in front of it. */
  JsClient hear(String topic, String text) {
    await("message", Map.of("topic", topic, "text", text));
    return this;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalStateException(value + " (expected: an object)");
  }
}
