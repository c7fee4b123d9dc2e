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

/** A node with two loops and topics clients; the test gives the answers of its broker. */
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

  /**
   * A client's end of a connection: its messages wait while the session has paused the connection.
   */
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

    /** The client sends these messages; the session reads as many as it wants now. */
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

    /** How many messages the session has not read yet. */
    int unread() {
      return socket.size();
    }

    /** The messages that the client was sent since the last call. */
    List<String> heard() {
      List<String> heard = List.copyOf(connection.texts());
      connection.texts().clear();
      return heard;
    }
  }

  /** Open to every client but those for whom the test has a grant. */
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

  /** From now on a client of this name has only these permissions, for this time. */
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

  /** A client that has opened its connection; the node has answered nothing. */
  Client connect(int shard, String target) {
    Client client = new Client(shard, target);
    clients.add(client);
    return client;
  }

  /** A client that was greeted; its record of messages is empty. */
  Client greeted(int shard, String name) {
    Client client = connect(shard, "/?name=" + name);
    settle();
    client.heard();
    return client;
  }

  /**
   * Runs the loops and reads the clients' messages, until nothing is left to do. The broker answers
   * nothing.
   */
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

  /** The same, and the broker accepts everything. */
  void settle() {
    run();
    while (broker.answerAll()) {
      run();
    }
  }
}
