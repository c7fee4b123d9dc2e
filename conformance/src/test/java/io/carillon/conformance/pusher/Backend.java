package io.carillon.conformance.pusher;

import io.carillon.conformance.client.Json;
import java.util.List;
import java.util.Map;

/** An application's backend, made with one of Pusher's libraries for servers. */
interface Backend {

  /** An answer of the HTTP API, as the library told it. */
  record Reply(int status, String body) {

    /** The body, which is an object. */
    Map<String, Object> object() {
      return Json.parseObject(body);
    }
  }

  /** One event of several. */
  record Event(String channel, String name, Map<String, ?> data) {}

  Reply publish(List<String> channels, String event, Map<String, ?> data);

  /** Publishes to all connections except one. */
  Reply publishExcept(String socketId, List<String> channels, String event, Map<String, ?> data);

  Reply publishBatch(List<Event> events);

  Reply sendToUser(String user, String event, Map<String, ?> data);

  /** The channels whose names begin so. */
  Reply channels(String prefix, String info);

  Reply channel(String channel, String info);

  Reply users(String channel);

  /** The same with another secret. */
  Backend withSecret(String secret);

  /** The same at another port. */
  Backend at(int port);

  default Reply publish(String channel, String event, Map<String, ?> data) {
    return publish(List.of(channel), event, data);
  }
}
