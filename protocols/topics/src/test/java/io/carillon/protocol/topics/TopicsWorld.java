package io.carillon.protocol.topics;

import io.carillon.auth.Admission;
import io.carillon.auth.AllowedOrigins;
import io.carillon.auth.Authorizer;
import io.carillon.auth.Decision;
import io.carillon.auth.Grant;
import io.carillon.auth.TokenAuthorizer;
import io.carillon.auth.TopicPatterns;
import io.carillon.hub.Hub;
import io.carillon.hub.HubConfig;
import io.carillon.hub.LastPublications;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.protocol.Answer;
import io.carillon.protocol.Handshake;
import io.carillon.protocol.Session;
import io.carillon.testkit.ManualBroker;
import io.carillon.testkit.ManualClock;
import io.carillon.testkit.ManualLoops;
import io.carillon.testkit.RecordingConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A node with two loops and topics clients, on a broker whose answers the test gives. */
final class TopicsWorld {

  static final int MAX_SUBSCRIPTIONS = 10;

  private static final Grant ALL = Grant.unlimited("");

  final ManualClock clock = new ManualClock();
  final ManualBroker broker = new ManualBroker();
  final Hub hub;
  private final ManualLoops loops = new ManualLoops(2, clock);
  private final TopicsProtocol protocol =
      new TopicsProtocol(TopicsConfig.DEFAULTS, new NamesAsGrants(), AllowedOrigins.ANY, clock);
  private final Map<String, Grant> grants = new HashMap<>();
  private final List<Client> clients = new ArrayList<>();

  TopicsWorld() {
    HubConfig defaults = HubConfig.DEFAULTS;
    HubConfig config =
        new HubConfig(
            MAX_SUBSCRIPTIONS,
            defaults.subscribeTimeout(),
            defaults.unbindLinger(),
            defaults.shardQueueBytes(),
            defaults.shardQueueWait());
    hub =
        new Hub(
            new Incarnation(1, 2),
            broker,
            loops.loops(),
            config,
            LastPublications.NONE,
            clock,
            clock);
    var _ = hub.start();
  }

  /** A client, as its socket would be: what it sends waits while the session has paused it. */
  final class Client {
    final RecordingConnection connection = new RecordingConnection("c" + clients.size());
    final Session session;
    private final Queue<String> socket = new ArrayDeque<>();

    private Client(int shard, String target) {
      session =
          switch (protocol.answer(Handshake.of(target))) {
            case Answer.Welcome welcome ->
                welcome.opening().open(connection, hub.shards().get(shard));
            case Answer.Refused refused -> throw new AssertionError(refused);
          };
    }

    /** The client sends this; as much of it is read as the session wants now. */
    void send(String... texts) {
      socket.addAll(List.of(texts));
      read();
    }

    private boolean read() {
      boolean any = false;
      while (!connection.isPaused() && !socket.isEmpty()) {
        session.onText(socket.remove());
        any = true;
      }
      return any;
    }

    /** How many frames the session has not wanted yet. */
    int unread() {
      return socket.size();
    }

    /** What it was sent since the last look. */
    List<String> heard() {
      List<String> heard = List.copyOf(connection.texts());
      connection.texts().clear();
      return heard;
    }
  }

  /** Open to everyone but those for whom the test has a grant. */
  private final class NamesAsGrants implements Authorizer {
    private final Authorizer byGrant =
        new TokenAuthorizer(token -> new Admission.Granted(grants.getOrDefault(token, ALL)));

    @Override
    public Admission connect(String token, String name) {
      return grants.containsKey(name)
          ? byGrant.connect(name, name)
          : Authorizer.OPEN.connect(token, name);
    }

    @Override
    public Decision subscribe(Grant grant, Channel channel) {
      return byGrant.subscribe(grant, channel);
    }

    @Override
    public Decision publish(Grant grant, Channel channel) {
      return byGrant.publish(grant, channel);
    }
  }

  /** From now on a client of this name may do only this, for so long. */
  void grant(String name, Duration time, List<String> subscribe, List<String> publish) {
    grants.put(
        name,
        new Grant(
            name,
            "",
            clock.instant().plus(time),
            new TopicPatterns(subscribe),
            new TopicPatterns(publish)));
  }

  /** A client that has opened its connection; nothing has been answered. */
  Client connect(int shard, String target) {
    Client client = new Client(shard, target);
    clients.add(client);
    return client;
  }

  /** A client that has been greeted, and has forgotten the greeting. */
  Client greeted(int shard, String name) {
    Client client = connect(shard, "/?name=" + name);
    settle();
    client.heard();
    return client;
  }

  /** The loops run, and clients' frames are read, until nothing moves; the broker says nothing. */
  void run() {
    boolean moved = true;
    while (moved) {
      loops.runAll();
      moved = false;
      for (Client client : clients) {
        moved |= client.read();
      }
    }
  }

  /** The broker answers, too: everything succeeds. */
  void settle() {
    run();
    while (broker.answerAll()) {
      run();
    }
  }
}
