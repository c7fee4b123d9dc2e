package io.carillon.protocol.pusher;

import io.carillon.app.App;
import io.carillon.app.AppFeatures;
import io.carillon.app.AppFeatures.Feature;
import io.carillon.app.MemoryAppRegistry;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import io.carillon.message.Draft;
import io.carillon.message.Incarnation;
import io.carillon.message.Payload;
import io.carillon.presence.Presence;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Session;
import io.carillon.testkit.ManualBroker;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import io.carillon.testkit.MapOfPublications;
import io.carillon.testkit.OtherNodes;
import io.carillon.testkit.RecordingConnection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A node with two loops and Pusher clients; the test gives the answers of its broker. */
final class PusherWorld {

  static final String KEY = "278d425bdf160c739803";
  static final App APP =
      App.of("3", KEY, "7ad3773142a6692b25b8").with(features(Feature.CLIENT_EVENTS));

  final ManualClock clock = new ManualClock();
  final ManualBroker broker = new ManualBroker();
  final ManualLoops loops = new ManualLoops(2, clock);
  final OtherNodes others = new OtherNodes(clock);
  final Hub hub;
  final Presence presence;
  final PusherProtocol protocol;
  private final App app;
  private int clients;

  PusherWorld() {
    this(APP);
  }

  PusherWorld(App app) {
    this(app, new MapOfPublications(PusherProtocol::remembers, PusherProtocol::isRemembered));
  }

  PusherWorld(App app, LastPublications memory) {
    this.app = app;
    MemoryAppRegistry apps = new MemoryAppRegistry(List.of(app));
    hub =
        new Hub(
            new Incarnation(1, 2), broker, loops.loops(), HubConfig.DEFAULTS, memory, clock, clock);
    presence = new Presence(hub, others, Duration.ZERO, clock);
    protocol =
        new PusherProtocol(
            Duration.ofMinutes(2), apps, hub, presence, others, memory, new Random(7), clock);
    var _ = hub.start();
  }

  static AppFeatures features(Feature feature) {
    return AppFeatures.DEFAULTS.and(feature);
  }

  /** A client's end of a connection. */
  final class Client {
    final RecordingConnection connection = new RecordingConnection("c" + clients++);
    final Session session;
    private String socketId = "";

    private Client(int shard, Handshake handshake) {
      session =
          switch (protocol.answer(handshake)) {
            case Answer.Welcome welcome ->
                welcome.opening().open(connection, hub.shards().get(shard));
            case Answer.Refused refused -> throw new AssertionError(refused);
          };
    }

    String socketId() {
      return socketId;
    }

    /** The client sends this text, and everything settles. */
    Client send(String text) {
      session.onText(text);
      settle();
      return this;
    }

    /** Subscribes, with a signature if the channel needs one. */
    Client subscribe(String channel) {
      return send(subscribing(channel, null));
    }

    /** Subscribes to a presence channel as a member. */
    Client join(String channel, String channelData) {
      return send(subscribing(channel, channelData));
    }

    String subscribing(String channel, @Nullable String channelData) {
      String signed = socketId + ":" + channel + (channelData == null ? "" : ":" + channelData);
      String auth = KEY + ":" + new Signatures(app).sign(signed);
      String data = channelData == null ? "" : ",\"channel_data\":" + JsonFields.quote(channelData);
      return "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":%s,\"auth\":\"%s\"%s}}"
          .formatted(JsonFields.quote(channel), auth, data);
    }

    Client signIn(String userData) {
      String auth = KEY + ":" + new Signatures(app).sign(socketId + "::user::" + userData);
      return send(
          "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"%s\",\"user_data\":%s}}"
              .formatted(auth, JsonFields.quote(userData)));
    }

    Client trigger(String channel, String event, String data) {
      return send(
          "{\"event\":\"%s\",\"channel\":\"%s\",\"data\":%s}".formatted(event, channel, data));
    }

    /** The messages that the client was sent since the last call. */
    List<String> heard() {
      List<String> heard = List.copyOf(connection.texts());
      connection.texts().clear();
      return heard;
    }

    void disconnect() {
      session.onClosed();
      settle();
    }
  }

  /** A client that has just opened its connection. */
  Client connect(int shard, Handshake handshake) {
    return new Client(shard, handshake);
  }

  Client connect(int shard, String target) {
    return connect(shard, Handshake.of(target));
  }

  /** A client that was greeted. */
  Client client(int shard) {
    Client client = connect(shard, "/app/" + KEY + "?protocol=7&client=js&version=8.6.0");
    String greeting = client.heard().getFirst();
    String mark = "\\\"socket_id\\\":\\\"";
    int start = greeting.indexOf(mark) + mark.length();
    client.socketId = greeting.substring(start, greeting.indexOf('\\', start));
    return client;
  }

  /** A backend of this node publishes. */
  void publish(String channel, String event, String data, String excluded) {
    hub.publish(
        new Draft(new Channel(app.id(), channel), event, Payload.text(data), "", excluded),
        outcome -> {});
    settle();
  }

  void publish(String channel, String event, String data) {
    publish(channel, event, data, "");
  }

  /**
   * Runs the loops, has the broker accept everything and the view report, until nothing is left to
   * do.
   */
  void settle() {
    boolean moves = true;
    while (moves) {
      loops.runAll();
      moves = broker.answerAll();
      moves |= others.reportAll();
    }
  }
}
