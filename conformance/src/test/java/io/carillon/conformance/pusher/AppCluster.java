package io.carillon.conformance.pusher;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.cluster.Cluster;
import io.carillon.conformance.node.NodeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes with the app of {@link PusherApp}. */
public final class AppCluster {

  private AppCluster() {}

  /**
   * @param more further lines of the configuration; empty for none
   */
  static Cluster of(int nodes, String more, String... flags) {
    return Cluster.of(nodes, flags(more, flags));
  }

  /** A node with the app; see {@link #of}. */
  public static NodeKind node(String more, String... flags) {
    return NodeKind.carillon(flags(more, flags));
  }

  private static String[] flags(String more, String... flags) {
    try {
      Path file = Files.createTempFile("carillon-app", ".yaml");
      file.toFile().deleteOnExit();
      Files.writeString(file, PusherApp.CONFIGURATION + more);
      List<String> all = new ArrayList<>(List.of(flags));
      all.addAll(List.of("--config", file.toString()));
      return all.toArray(String[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path that a client of the app connects to. */
  public static String path() {
    return "/app/" + PusherApp.KEY + "?protocol=7&client=test&version=1";
  }

  /** The message that subscribes to a public channel. */
  public static String subscribe(String channel) {
    return "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"%s\"}}".formatted(channel);
  }

  /** The message that subscribes to a private channel, signed for this socket. */
  public static String subscribe(String channel, String socketId) {
    String auth =
        PusherApp.KEY + ":" + SignedRequest.hmac(PusherApp.SECRET, socketId + ":" + channel);
    return "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"%s\",\"auth\":\"%s\"}}"
        .formatted(channel, auth);
  }

  /** The message that subscribes to a presence channel, signed for this socket and user. */
  public static String subscribe(String channel, String socketId, String user) {
    return subscribe(channel, socketId, Map.of("user_id", user));
  }

  /**
   * The message that subscribes to a presence channel, signed for this socket, user and info.
   *
   * @param name the info is {@code {"name":…}}
   */
  public static String subscribe(String channel, String socketId, String user, String name) {
    return subscribe(channel, socketId, Map.of("user_id", user, "user_info", Map.of("name", name)));
  }

  private static String subscribe(String channel, String socketId, Map<String, ?> member) {
    String data = Json.text(member);
    String auth =
        PusherApp.KEY
            + ":"
            + SignedRequest.hmac(PusherApp.SECRET, socketId + ":" + channel + ":" + data);
    Map<String, String> all = Map.of("channel", channel, "auth", auth, "channel_data", data);
    return Json.text(Map.of("event", "pusher:subscribe", "data", all));
  }

  /** The answer to a subscription to a channel without members. */
  public static String succeeded(String channel) {
    return "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"%s\",\"data\":\"{}\"}"
        .formatted(channel);
  }

  static String event(String channel, String event, String data) {
    return "{\"event\":\"%s\",\"channel\":\"%s\",\"data\":\"%s\"}".formatted(event, channel, data);
  }

  /** Reads the greeting; the socket's id. */
  public static String greeted(Client client) {
    String greeting = client.next();
    String mark = "\\\"socket_id\\\":\\\"";
    int start = greeting.indexOf(mark) + mark.length();
    return greeting.substring(start, greeting.indexOf('\\', start));
  }
}
