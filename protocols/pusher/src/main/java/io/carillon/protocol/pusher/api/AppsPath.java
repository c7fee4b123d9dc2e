package io.carillon.protocol.pusher.api;

import io.carillon.http.PercentDecoder;
import java.util.Optional;

/**
 * The parts of a path below {@code /apps/}.
 *
 * @param app the app's id
 * @param resource what is asked for
 * @param name the channel's name or the user's id, decoded; empty if there is none
 */
record AppsPath(String app, Resource resource, String name) {

  static final String PREFIX = "/apps/";

  /** The resources of the API, and their methods. */
  enum Resource {
    EVENTS("POST"),
    BATCH_EVENTS("POST"),
    CHANNELS("GET"),
    CHANNEL("GET"),
    CHANNEL_USERS("GET"),
    TERMINATE_CONNECTIONS("POST"),
    CONNECTIONS("GET");

    private final String method;

    Resource(String method) {
      this.method = method;
    }

    String method() {
      return method;
    }

    /** Whether requests have a body. */
    boolean takesBody() {
      return method.equals("POST");
    }
  }

  /** Reads a path that is still percent-encoded; empty if the path does not exist. */
  static Optional<AppsPath> parse(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length < 4 || !path.startsWith(PREFIX) || parts[2].isEmpty()) {
      return Optional.empty();
    }
    String app = PercentDecoder.decodePath(parts[2]);
    String name = parts.length > 4 ? PercentDecoder.decodePath(parts[4]) : "";
    if (parts.length > 4 && name.isEmpty()) {
      return Optional.empty();
    }
    String last = parts.length == 6 ? parts[5] : "";
    return resourceAt(parts[3], last, parts.length)
        .map(resource -> new AppsPath(app, resource, name));
  }

  private static Optional<Resource> resourceAt(String first, String last, int parts) {
    return Optional.ofNullable(
        switch (parts) {
          case 4 ->
              switch (first) {
                case "events" -> Resource.EVENTS;
                case "batch_events" -> Resource.BATCH_EVENTS;
                case "channels" -> Resource.CHANNELS;
                case "connections" -> Resource.CONNECTIONS;
                default -> null;
              };
          case 5 -> first.equals("channels") ? Resource.CHANNEL : null;
          case 6 ->
              switch (first + "/" + last) {
                case "channels/users" -> Resource.CHANNEL_USERS;
                case "users/terminate_connections" -> Resource.TERMINATE_CONNECTIONS;
                default -> null;
              };
          default -> null;
        });
  }
}
